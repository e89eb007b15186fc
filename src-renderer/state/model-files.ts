/** Which of the dropped files hold a model of this or another program: by their content where the name leaves it open. */

const ALWAYS = /\.(onnx|keras|safetensors|h5|hdf5)$/i;
const JSON_MODEL = /"format"\s*:\s*"(?:layerlab-weights|layers-model|graph-model)"|"modelTopology"\s*:/;
/** The first bytes of a JSON file in which a model shows itself. */
const HEAD_BYTES = 2 ** 16;
/** Where a zip lists its last entries; a model has few. */
const TAIL_BYTES = 2 ** 18;
/** Our own names of arrays, and the ends of those of others. */
const WEIGHT =
  /(?:^|[./])(?:W\d+|b\d+|(?:gamma|beta|mean|variance)\d+|weight|kernel|bias|running_mean|running_var|moving_mean|moving_variance)(?:_\d+)?\.npy$/;

/** @returns those that hold a model or its weights, in their order; empty where none does */
export async function findModelFiles(files: readonly File[]): Promise<readonly File[]> {
  const are = await Promise.all(files.map(isModelFile));
  const described = files.some(({ name }, index) => are[index] === true && /\.json$/i.test(name));
  // TensorFlow.js keeps weights in files that say nothing of themselves.
  return files.filter(({ name }, index) => are[index] === true || (described && /\.bin$/i.test(name)));
}

async function isModelFile(file: File): Promise<boolean> {
  if (ALWAYS.test(file.name)) return true;
  try {
    if (/\.json$/i.test(file.name)) return JSON_MODEL.test(await file.slice(0, HEAD_BYTES).text());
    if (/\.(npz|zip)$/i.test(file.name)) return isModelArchive(await lastEntries(file));
  } catch {
    // What cannot be read is told of where it is read as a whole.
  }
  return false;
}

function isModelArchive(names: readonly string[]): boolean {
  const bare = names.map((name) => name.split('/').at(-1)!);
  if (names.includes('experiment.json')) return false;
  if (bare.some((name) => name === 'model.weights.h5' || name === 'layerlab.json' || /\.safetensors$/i.test(name))) {
    return true;
  }
  if (bare.includes('model.json')) return bare.some((name) => /\.bin$/i.test(name));
  // An archive of arrays is data, unless every one of them is called like a weight.
  return names.length > 0 && names.every((name) => WEIGHT.test(name));
}

const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;

/** The names at the end of a zip's table of contents. */
async function lastEntries(file: File): Promise<readonly string[]> {
  const view = new DataView(await file.slice(-TAIL_BYTES).arrayBuffer());
  const names: string[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= view.byteLength; at++) {
    if (view.getUint32(at, true) !== CENTRAL) continue;
    const length = Math.min(view.getUint16(at + 28, true), view.byteLength - at - CENTRAL_BYTES);
    names.push(new TextDecoder().decode(new Uint8Array(view.buffer, at + CENTRAL_BYTES, length)));
    at += CENTRAL_BYTES + length - 1;
  }
  return names;
}
