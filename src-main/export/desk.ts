import type { ModelSnapshot, Proof, TrainingData } from '../../src-worker/api';
import { fail, type Outcome } from '../../src-worker/problem';
import type { ExportRequest } from '../bridge';
import { Handles } from '../handles';
import { encodeModel, type EncodedExport } from './encode-model';

/** A model on its way out, with what an export of it may need. */
export interface StagedModel {
  readonly model: ModelSnapshot;
  readonly proof: Proof | null;
  readonly data: TrainingData | null;
}

/** Models of several windows; more would only be of windows that are gone. */
const MOST_STAGED = 3;

/**
 * Holds the models that are being exported, so that each crosses the bridge once and not at every choice of an option. What was encoded last is
 * kept too: equal models give equal bytes, so that looking, dragging out and writing do the work once.
 */
export class ExportDesk {
  readonly #staged = new Handles<StagedModel>(MOST_STAGED);
  #latest: { readonly key: string; readonly encoded: Promise<Outcome<EncodedExport>> } | null = null;

  stage(model: StagedModel): string {
    return this.#staged.give(model);
  }

  /** Forgets the model, and what was made of it. */
  release(handle: string): void {
    this.#staged.forget(handle);
    if (this.#latest?.key.startsWith(handle) === true) this.#latest = null;
  }

  encode(handle: string, request: ExportRequest): Promise<Outcome<EncodedExport>> {
    const staged = this.#staged.get(handle);
    if (staged === null) return Promise.resolve(forgotten());
    const key = `${handle} ${JSON.stringify(request)}`;
    if (this.#latest?.key === key) return this.#latest.encoded;
    const { model, proof, data } = staged;
    const encoded = encodeModel(request, model, proof, data);
    this.#latest = { key, encoded };
    return encoded;
  }
}

function forgotten<T>(): Outcome<T> {
  return fail({
    code: 'export/forgotten',
    message: 'Layerlab no longer holds the model that was to be exported.',
    hint: 'Open the export again.',
  });
}
