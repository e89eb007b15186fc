import { expose, transfer } from 'comlink';
import type { TrainerApi } from './api';
import { createWasmEngine } from './engines';
import { loadKernelsInBrowser } from './kernels/load-kernels-browser';
import { createTrainer } from './trainer';
import { buffersIn } from './transferables';

const trainer = createTrainer(createWasmEngine(loadKernelsInBrowser));

// Weights and pictures are fresh copies that nobody else holds, so they move to the window instead of being copied once more.
const moving = <T extends object>(result: T): T => transfer(result, buffersIn(result));

// Exposed at once and not after the kernels have loaded: a message that finds nobody listening is lost.
expose({
  ...trainer,
  boundary: (request) => moving(trainer.boundary(request)),
  snapshot: () => moving(trainer.snapshot()),
} satisfies TrainerApi);
