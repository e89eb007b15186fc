import type { TrainingWorkload } from '../contract';
import { squareMlp } from './wide-mlp';

export const WIDTHS: readonly number[] = [32, 64, 128, 256, 512, 1024];
export const BATCHES: readonly number[] = [1, 4, 16, 64, 256, 512];

const BATCH = 128;
const WIDTH = 256;

/** How a step grows with the width, at batch 128. */
export const widths: readonly TrainingWorkload[] = WIDTHS.map((width) => squareMlp(`width-${width}`, width, BATCH));

/** How a step grows with the batch, at width 256. */
export const batches: readonly TrainingWorkload[] = BATCHES.map((batch) => squareMlp(`batch-${batch}`, WIDTH, batch));
