import type { SampleKind } from '../../experiment/document';
import { blobs } from './blobs';
import { circles } from './circles';
import { flower } from './flower';
import { line } from './line';
import type { SampleDefinition } from './sample';
import { xor } from './xor';

/** Every sample by kind, in the order of the menus. To add one: a file, this line and a word in `SampleKind`. */
export const samples = { flower, xor, circles, blobs, line } satisfies {
  readonly [K in SampleKind]: SampleDefinition<K>;
};

export type { SampleDefinition } from './sample';
