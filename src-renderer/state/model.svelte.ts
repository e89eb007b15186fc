import type { ModelFile, ReadModel } from '../../src-main/bridge';
import type { NamedTensor, Outcome, RunState } from '../../src-worker/api';
import { adoptNetwork, type Adopted } from '../../src-worker/experiment/adopt-network';
import { matchedParameters, matchWeights, type WeightMatch } from '../../src-worker/experiment/match-weights';
import { fail, ProblemError, succeed, type Problem } from '../../src-worker/problem';
import type { AppState } from './app.svelte';
import type { DataFiles } from './experiment.svelte';
import { experimentName } from './file-names';

import { attempt } from './attempt';
import { bytesOfFile } from './project-files';

/** A model of this or another program that was dropped on the window: what it holds, and the ways in. */
export class ModelState {
  /** What the dialog shows; null while nothing was read. */
  opened = $state.raw<ReadModel | null>(null);
  /** Data that came with a model of ours. */
  #files: DataFiles | null = null;

  readonly #app: AppState;

  constructor(app: AppState) {
    this.#app = app;
  }

  /** Reads the files of one model; null where that fails, which has been said then. */
  async read(files: readonly File[]): Promise<ReadModel | null> {
    const parts: ModelFile[] = [];
    const title = `${files[0]?.name ?? 'The model'} was not opened`;
    for (const file of files) {
      const bytes = await bytesOfFile(file);
      if (!this.#app.report(title, bytes)) return null;
      parts.push({ name: file.name.split('/').at(-1)!, bytes: bytes.value });
    }
    const read = await attempt(() => this.#app.bridge.readModel(parts));
    return this.#app.report(title, read) ? read.value : null;
  }

  /** Opens the dialog. @param files data that were dropped with a model of ours */
  show(model: ReadModel, files: DataFiles | null): void {
    this.opened = model;
    this.#files = files;
    this.#app.dialogs.open('model');
  }

  close(): void {
    this.#app.dialogs.close();
    this.opened = null;
    this.#files = null;
  }

  /** The network of the model as an experiment on the present data; fails where they do not fit each other. */
  async adopt({ network, name }: ReadModel): Promise<Outcome<Adopted>> {
    const { trainer } = this.#app;
    await this.#app.settled();
    if (network === null) return fail(noNetwork(name));
    if (this.#app.data.problems.length > 0) return fail(...this.#app.data.problems);
    const suggested = await trainer.suggestExperiment(experimentName(name));
    if (!suggested.ok) return suggested;
    const adopted = adoptNetwork(suggested.value, network.spec);
    const { inputShape, ready, problems, layers } = await trainer.inspect(adopted.experiment);
    if (sizeOf(inputShape) !== sizeOf(network.inputShape)) return fail(otherInputs(network.inputShape, inputShape));
    return ready ? succeed(adopted) : fail(...problems, ...layers.flatMap((layer) => layer.problems));
  }

  /** A model of ours as it was when it left; one of another program on the present data, with its weights. A step of undo. */
  async openAsExperiment(model: ReadModel, adopted: Adopted | null): Promise<void> {
    const { experiment, project, selection, messages } = this.#app;
    const files = this.#files;
    this.close();
    if (model.model !== null) {
      const own = model.model;
      await this.#app.undisturbed(() => project.showDocument(own.experiment, files, own));
    } else if (adopted !== null && model.network !== null) {
      const enters = { kind: 'state', state: startingFrom(model.network.parameters) } as const;
      experiment.edit(`Open ${model.name}`, () => adopted.experiment, { begins: true, enters });
      selection.select({ kind: 'layer', index: 0 });
      if (adopted.note !== null) messages.note(adopted.note);
    }
    await this.#app.settled();
  }

  /**
   * Which array would go where in the network on the screen.
   * @param chosen the person's choices by the network's names; empty text for one that stays as it is
   * @returns empty while the network cannot be built
   */
  matches(model: ReadModel, chosen: Readonly<Record<string, string>>): readonly WeightMatch[] {
    const { experiment, inspection, canTrain } = this.#app;
    if (!canTrain || inspection === null) return [];
    try {
      return matchWeights(arraysOf(model), experiment.document.network, inspection.inputShape, chosen);
    } catch (error) {
      // The document may be newer than what is known of its data, for a moment.
      if (error instanceof ProblemError) return [];
      throw error;
    }
  }

  /** Puts the arrays where {@link matches} says; what nothing goes to stays. A step of undo, which brings the weights of before back. */
  async useWeights(model: ReadModel, matches: readonly WeightMatch[]): Promise<void> {
    const { trainer, experiment } = this.#app;
    const staying = matches.filter(({ source }) => source === null).map(({ parameter }) => parameter);
    this.close();
    await this.#app.settled();
    await this.#app.run.pause();
    const present = staying.length > 0 ? await trainer.parameters(staying) : succeed([]);
    const title = `The weights of ${model.name} were not used`;
    if (!this.#app.report(title, present)) return;
    const parameters = matchedParameters(arraysOf(model), matches, present.value);
    if (parameters === null) return;
    const enters = { kind: 'state', state: startingFrom(parameters) } as const;
    experiment.edit(`Use the weights of ${model.name}`, (document) => document, { enters });
    await this.#app.settled();
  }
}

/** The arrays that a file brings, by the names that the person sees. */
export function arraysOf({ weights, model, network }: ReadModel): readonly NamedTensor[] {
  return weights.length > 0 ? weights : (model?.state.parameters ?? network?.parameters ?? []);
}

/** A run that has these weights and no past. */
function startingFrom(parameters: readonly NamedTensor[]): RunState {
  return { parameters, optimizer: [], epoch: 0, step: 0, batchInEpoch: 0, status: 'ready', history: [] };
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

function noNetwork(name: string): Problem {
  return {
    code: 'import/no-network',
    message: `${name} holds arrays without a network.`,
    hint: 'Put them into the network on the screen.',
  };
}

function otherInputs(wanted: readonly number[], given: readonly number[]): Problem {
  return {
    code: 'import/inputs',
    message: `The network takes [${wanted.join(', ')}], but the present data make [${given.join(', ')}].`,
    hint: 'Drop the data that it was made for on this window: as many columns, or images of that size.',
  };
}
