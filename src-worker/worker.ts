import { expose, transfer } from 'comlink';
import type { DecodeTable, LoadProgress, WorkerApi } from './api';
import { createWasmEngine } from './engines';
import type { MemoryLimit } from './footprint';
import { loadKernelsInBrowser } from './kernels/load-kernels-browser';
import { loadCodecInBrowser } from './data/images/load-codec-browser';
import { noDecoder } from './data/decoded/no-decoder';
import { fail } from './problem';
import { createTrainer } from './trainer';
import { buffersIn } from './transferables';

/** The window passes it on to the shell: a worker that fills its heap takes the window with it, a process does not. */
let decoder: DecodeTable | null = null;

let watch: ((progress: LoadProgress) => void) | undefined;

const decodeTable: DecodeTable = (name, bytes, options) =>
  decoder === null ? Promise.resolve(fail(noDecoder(name))) : decoder(name, transfer(bytes, buffersIn(bytes)), options);

/** More would seldom be faster: the networks of this app are small, and a barrier takes longer the more wait at it. */
const MOST_THREADS = 8;
const threads = Math.min(navigator.hardwareConcurrency, MOST_THREADS);

/** From here on browsers say no more, and it is more than WebAssembly can have. */
const MOST_TOLD_GIB = 8;
const { deviceMemory = MOST_TOLD_GIB } = navigator as WorkerNavigator & { readonly deviceMemory?: number };
const limits: readonly MemoryLimit[] =
  deviceMemory < MOST_TOLD_GIB
    ? [{ bytes: deviceMemory * 2 ** 30, whole: true, describe: (size) => `this machine has ${size}` }]
    : [];

const trainer = createTrainer(
  createWasmEngine(loadKernelsInBrowser, threads, () => limits),
  { decodeTable, loadCodec: loadCodecInBrowser },
);

// Weights and pictures are fresh copies that nobody else holds, so they move to the window instead of being copied once more.
const moving = <T extends object>(result: T): T => transfer(result, buffersIn(result));

// Exposed at once and not after the kernels have loaded: a message that finds nobody listening is lost.
expose({
  ...trainer,
  connectDecoder: (offered) => void (decoder = offered),
  watchLoads: (offered) => void (watch = offered),
  loadData: (spec, files, testFiles) => trainer.loadData(spec, files, testFiles, watch),
  mistakenExamples: (request) => moving(trainer.mistakenExamples(request)),
  images: (request) => moving(trainer.images(request)),
  scatter: (request) => moving(trainer.scatter(request)),
  boundary: (request) => moving(trainer.boundary(request)),
  plane: async (choice) => moving(await trainer.plane(choice)),
  probe: (input) => moving(trainer.probe(input)),
  parameters: (names) => moving(trainer.parameters(names)),
  lookForward: () => moving(trainer.lookForward()),
  lookBackward: () => moving(trainer.lookBackward()),
  lookAtWeights: (request) => moving(trainer.lookAtWeights(request)),
  lookAtExample: (request) => moving(trainer.lookAtExample(request)),
  lookAtBatch: (request) => moving(trainer.lookAtBatch(request)),
  traceStep: (request) => moving(trainer.traceStep(request)),
  sweepData: async (spec) => moving(await trainer.sweepData(spec)),
  predictFile: async (files) => moving(await trainer.predictFile(files)),
  moment: (curves) => moving(trainer.moment(curves)),
  snapshot: () => moving(trainer.snapshot()),
} satisfies WorkerApi);
