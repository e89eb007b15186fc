import { expose } from 'comlink';
import { createWasmEngine } from '../engines';
import { loadKernelsInBrowser } from '../kernels/load-kernels-browser';
import { createSweepRunner } from './sweep-runner';

// One thread: the workers of a sweep are as many as there are cores for them.
expose(createSweepRunner(createWasmEngine(loadKernelsInBrowser, 1)));
