import type { Problem } from '../../src-worker/problem';

/** A place in a foreign model: the format's own word for the operation, and the name that the file gives it. */
export interface Operation {
  readonly operator: string;
  readonly name: string;
}

/** Thrown where a sound file holds what the app has no layer for; the readers turn it into one of the problems they return. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
  readonly problem: Problem;

  /** @param accepted what could stand there instead, as the end of “Accepted: …” */
  constructor({ operator, name }: Operation, why: string, accepted: string) {
    const called = name === '' ? operator : `${operator} ${JSON.stringify(name.slice(0, 100))}`;
    super(`${called} ${why}`);
    this.problem = {
      code: 'import/unsupported',
      message: `${called} ${why}.`,
      hint: `Accepted: ${accepted}. The layers and weights of the file can be looked at all the same.`,
    };
  }
}

/** A damaged file of that format. */
export function damagedModel(file: string, what: string, byteOffset?: number): Problem {
  return {
    code: 'import/damaged',
    message: `${file} is damaged: ${what}.`,
    hint: 'Download or export it again.',
    file,
    ...(byteOffset === undefined ? {} : { byteOffset }),
  };
}
