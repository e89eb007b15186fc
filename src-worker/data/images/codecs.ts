import mozjpeg from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import webp from '@jsquash/webp/codec/dec/webp_dec.js';
import { ImageError } from './raster';

/** Decoders in WebAssembly: MozJPEG and libwebp. */
export type CodecFile = 'mozjpeg_dec.wasm' | 'webp_dec.wasm';

/** Where they are had from; a page and Node each have their own way. */
export type LoadCodec = (file: CodecFile) => Promise<WebAssembly.Module>;

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

/** The decoders that are programs of their own. Each is loaded when it is first needed. */
export interface Codecs {
  /** Turned as its EXIF orientation says. @throws ImageError */
  jpeg(bytes: Uint8Array): Promise<Decoded>;
  /** @throws ImageError */
  webp(bytes: Uint8Array): Promise<Decoded>;
}

/** What libjpeg warns of and then makes up for with grey: pixels that are not there must not be learned from. */
const LOST_PIXELS = /premature end|bad huffman|corrupt jpeg data(?!: \d+ extraneous)|invalid component|too many/i;

type Decode = (bytes: Uint8Array) => Decoded;

/** @param load null where there is nothing to load them from: JPEG and WebP are then refused */
export function createCodecs(load: LoadCodec | null): Codecs {
  const modules = new Map<CodecFile, Promise<WebAssembly.Module>>();
  const decoders = new Map<CodecFile, Decode>();
  const run = async (file: CodecFile, bytes: Uint8Array): Promise<Decoded> => {
    if (load === null) throw new ImageError('nothing is there that decodes it');
    let module = modules.get(file);
    if (module === undefined) modules.set(file, (module = load(file)));
    const decode = decoders.get(file) ?? (await starters[file](await module));
    // Only one that ended well is used again: an aborted program is left as it was in the middle of its work.
    decoders.delete(file);
    const decoded = decode(bytes);
    decoders.set(file, decode);
    return decoded;
  };
  return {
    jpeg: (bytes) => run('mozjpeg_dec.wasm', bytes),
    webp: (bytes) => run('webp_dec.wasm', bytes),
  };
}

const starters: { readonly [F in CodecFile]: (module: WebAssembly.Module) => Promise<Decode> } = {
  async 'mozjpeg_dec.wasm'(module) {
    const said: string[] = [];
    const decoder = await mozjpeg(optionsFor(module, said));
    return (bytes) => guarded(said, () => decoder.decode(bytes, true));
  },
  async 'webp_dec.wasm'(module) {
    const said: string[] = [];
    const decoder = await webp(optionsFor(module, said));
    return (bytes) => guarded(said, () => decoder.decode(bytes));
  },
};

function optionsFor(module: WebAssembly.Module, said: string[]) {
  return {
    noInitialRun: true,
    print: () => undefined,
    printErr: (text: string) => void said.push(text),
    instantiateWasm(imports: WebAssembly.Imports, ready: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports);
      ready(instance);
      return instance.exports;
    },
  };
}

function guarded(said: string[], decode: () => ImageData | null): Decoded {
  said.length = 0;
  let image: ImageData | null;
  try {
    image = decode();
  } catch {
    // Whatever such a program throws, from an exit status to a trap, is about these bytes.
    throw new ImageError(said[0] === undefined ? 'its pixels are damaged' : `it is damaged (${said[0]})`);
  }
  const lost = said.find((text) => LOST_PIXELS.test(text));
  if (lost !== undefined) throw new ImageError(`it is damaged (${lost})`);
  if (image === null) throw new ImageError('its pixels are damaged');
  return { width: image.width, height: image.height, rgba: image.data };
}
