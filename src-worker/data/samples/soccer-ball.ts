import type { Random } from '../../random';
import { paintBackground } from './pictures/background';
import { paintBall, type BallStyle } from './pictures/ball';
import { Canvas } from './pictures/canvas';
import { paintDistractor } from './pictures/distractor';
import { sampleFields, type ImageSample } from './sample';

const SIDE = 64;

/** Balls of other games: they are round and shaded too, so that the pattern has to be learned and not the disc. */
const otherBalls: readonly BallStyle[] = ['plain', 'basketball', 'beach', 'tennis'];

/**
 * Soccer ball or not, 64 × 64 in colour: a truncated icosahedron of black pentagons and white hexagons, turned, lit and placed at random
 * on grass, floors, walls and skies; without it, balls of other games, boxes, stripes, or nothing but the background.
 *
 * Source of the task: CS229 notes, section 3, where the picture becomes 12,288 numbers. Drawn here, so that any number can be had.
 */
export const soccerBall: ImageSample<'soccer-ball'> = {
  kind: 'soccer-ball',
  form: 'images',
  label: 'Soccer ball or not',
  summary: 'Small colour pictures with a soccer ball somewhere, or with something else: the case for convolution.',
  fields: sampleFields({
    examples: 1000,
    noise: 0.03,
    maxNoise: 0.5,
    maxExamples: 10_000,
    step: 0.01,
    noiseHelp: 'Standard deviation of the noise on each pixel, where black is 0 and white 1.',
  }),
  equation: String.raw`x \in \mathbb{R}^{64 \times 64 \times 3}`,
  source: 'CS229 notes, section 3',
  task: 'binary',
  classNames: ['no ball', 'soccer ball'],
  shape: [3, SIDE, SIDE],

  draw(n, noise, random, pixels) {
    const canvas = new Canvas(SIDE, SIDE);
    paintBackground(canvas, random);
    const label = n % 2;
    if (random.uniform() < 0.5) paintDistractor(canvas, random);
    if (label === 1) paintBall(canvas, 'soccer', random);
    else if (random.uniform() < 0.6) paintBall(canvas, otherBalls[random.integer(otherBalls.length)]!, random);
    else paintDistractor(canvas, random);
    writePixels(canvas, noise, random, pixels);
    return label;
  },
};

/** Rounds to bytes, with the camera's noise. */
function writePixels({ values }: Canvas, noise: number, random: Random, pixels: Uint8Array): void {
  values.forEach((value, index) => {
    pixels[index] = Math.round(255 * Math.min(1, Math.max(0, value + noise * random.normal())));
  });
}
