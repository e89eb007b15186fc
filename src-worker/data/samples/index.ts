import type { SampleKind } from '../../experiment/document';
import { blobs } from './blobs';
import { circles } from './circles';
import { digits } from './digits';
import { flower } from './flower';
import { housePrices } from './house-prices';
import { iris } from './iris';
import { line } from './line';
import { moons } from './moons';
import { penguins } from './penguins';
import type { SampleDefinition } from './sample';
import { sine } from './sine';
import { soccerBall } from './soccer-ball';
import { spirals } from './spirals';
import { xor } from './xor';

/** Every sample by kind, in the order of the menus. To add one: a file, this line and a word in `SampleKind`. */
export const samples = {
  flower,
  xor,
  circles,
  moons,
  spirals,
  blobs,
  line,
  sine,
  'house-prices': housePrices,
  digits,
  'soccer-ball': soccerBall,
  iris,
  penguins,
} satisfies {
  readonly [K in SampleKind]: SampleDefinition<K>;
};

export type { ImageSample, PlaneSample, SampleDefinition, TableSample } from './sample';
