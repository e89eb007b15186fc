import { proxy, wrap, type Remote } from 'comlink';
import type { DesktopApi } from '../src-main/bridge';
import type {
  Assessment,
  BackwardLook,
  BatchLook,
  BatchRequest,
  BestEpoch,
  Boundary,
  BoundaryRequest,
  Budget,
  BuildInfo,
  Carried,
  CarryRequest,
  Catalog,
  DataOverview,
  DataSpec,
  DataSummary,
  ExamplesRequest,
  Evaluations,
  ExampleLook,
  ExampleRequest,
  ExampleInput,
  Experiment,
  FilePredictions,
  Finding,
  FindRequest,
  ForwardLook,
  FoundExample,
  GradientCheckChoices,
  GradientCheckRequest,
  GradientCheckState,
  ImagesPage,
  ImagesRequest,
  InputForm,
  Inspection,
  LoadProgress,
  MistakenExamples,
  MistakesRequest,
  MistakesState,
  ModelSnapshot,
  Moment,
  NamedTensor,
  Outcome,
  ParameterChange,
  ParameterEdit,
  Part,
  PointInspection,
  Plane,
  PlaneChoice,
  Prediction,
  Probed,
  ProbeInput,
  Problem,
  Progress,
  Proof,
  RateSearchPlan,
  RateSearchRequest,
  RateSearchState,
  RawRow,
  Residuals,
  ResidualsRequest,
  RowsPage,
  RowsRequest,
  RunState,
  ScatterPoints,
  ScatterRequest,
  StepRequest,
  StepTiming,
  StepTrace,
  SweepData,
  TrainingData,
  WeightsLook,
  WeightsRequest,
  WorkerApi,
} from '../src-worker/api';
import { fail } from '../src-worker/problem';
import { Decoding } from './decoding';
import { plain } from './state/plain.svelte';

/** How long the worker may take to answer for the first time: a script that was refused never answers at all. */
const READY_TIMEOUT_MS = 20_000;

/** Why the worker will not answer; carries a {@link Problem} for the screen. */
export class WorkerLostError extends Error {
  override readonly name = 'WorkerLostError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * The training worker seen from the window. A call to a dead worker would hang for ever, so every call is raced against the
 * worker's death; those with an {@link Outcome} return it as a problem.
 */
export class TrainerClient {
  readonly catalog: Catalog;
  /** Told some times a second how far a load is; its owner sets it. */
  onLoadProgress: (progress: LoadProgress) => void = () => undefined;
  readonly #api: Remote<WorkerApi>;
  readonly #lost: Promise<never>;
  readonly #decoding: Decoding;

  private constructor(api: Remote<WorkerApi>, lost: Promise<never>, catalog: Catalog, decoding: Decoding) {
    this.#api = api;
    this.#lost = lost;
    this.catalog = catalog;
    this.#decoding = decoding;
  }

  /**
   * Starts the worker and waits until it answers.
   * @param shell decodes workbooks and Parquet files
   * @throws WorkerLostError when its script fails or it stays silent
   */
  static async start(shell: Pick<DesktopApi, 'decodeTable' | 'cancelDecoding'>): Promise<TrainerClient> {
    const worker = new Worker(new URL('../src-worker/worker.ts', import.meta.url), { type: 'module' });
    const lost = new Promise<never>((_, reject) => {
      const lose = (detail: string) => reject(new WorkerLostError(workerLost(detail)));
      worker.addEventListener('error', (event) => lose(event.message));
      worker.addEventListener('messageerror', () => lose('a message could not be read'));
    });
    // Each caller handles the rejection; without one waiting it would count as unhandled.
    lost.catch(() => undefined);
    const api = wrap<WorkerApi>(worker);
    const catalog = await Promise.race([api.catalog(), lost, silence()]);
    const decoding = new Decoding(shell);
    await Promise.race([api.connectDecoder(proxy(decoding.decodeTable)), lost]);
    const client = new TrainerClient(api, lost, catalog, decoding);
    await Promise.race([api.watchLoads(proxy((progress) => client.onLoadProgress(progress))), lost]);
    return client;
  }

  loadData(spec: DataSpec, files: readonly File[], testFiles: readonly File[]): Promise<Outcome<DataSummary>> {
    // What was being decoded for an earlier load is wanted no more.
    this.#decoding.cancelAll();
    return this.#ask(this.#api.loadData(plain(spec), [...files], [...testFiles]));
  }

  /** Ends the load under way, which then fails with the code `data/cancelled`; what was loaded before stays. */
  cancelLoad(): void {
    // Nobody waits for the answer: the load itself says how it ended.
    this.#api.cancelLoad().catch(() => undefined);
    this.#decoding.cancelAll();
  }

  prepareData(spec: DataSpec): Promise<Outcome<DataSummary>> {
    return this.#ask(this.#api.prepareData(plain(spec)));
  }

  dataOverview(): Promise<Outcome<DataOverview>> {
    return this.#ask(this.#api.dataOverview());
  }

  rows(request: RowsRequest): Promise<Outcome<RowsPage>> {
    return this.#ask(this.#api.rows(plain(request)));
  }

  scatter(request: ScatterRequest): Promise<Outcome<ScatterPoints>> {
    return this.#ask(this.#api.scatter(plain(request)));
  }

  images(request: ImagesRequest): Promise<Outcome<ImagesPage>> {
    return this.#ask(this.#api.images(plain(request)));
  }

  suggestExperiment(name: string): Promise<Outcome<Experiment>> {
    return this.#ask(this.#api.suggestExperiment(name));
  }

  /** @throws WorkerLostError */
  inspect(experiment: Experiment): Promise<Inspection> {
    return Promise.race([this.#api.inspect(plain(experiment)), this.#lost]);
  }

  build(experiment: Experiment, resume?: RunState): Promise<Outcome<BuildInfo>> {
    return this.#ask(this.#api.build(plain(experiment), resume));
  }

  advance(budget: Budget): Promise<Outcome<Progress>> {
    return this.#ask(this.#api.advance(budget));
  }

  changeTraining(training: Experiment['training']): Promise<Outcome<null>> {
    return this.#ask(this.#api.changeTraining(plain(training)));
  }

  restoreBest(): Promise<Outcome<BestEpoch>> {
    return this.#ask(this.#api.restoreBest());
  }

  evaluate(): Promise<Outcome<Evaluations>> {
    return this.#ask(this.#api.evaluate());
  }

  assess(part: Part): Promise<Outcome<Assessment>> {
    return this.#ask(this.#api.assess(part));
  }

  predict(rows: readonly RawRow[]): Promise<Outcome<readonly Prediction[]>> {
    return this.#ask(this.#api.predict(plain(rows)));
  }

  /** False from a lost worker too: it answers nothing. */
  isToPredict(file: File): Promise<boolean> {
    return Promise.race([this.#api.isToPredict(file), this.#lost]).catch(() => false);
  }

  predictFile(files: readonly File[]): Promise<Outcome<FilePredictions>> {
    return this.#ask(this.#api.predictFile([...files]));
  }

  boundary(request: BoundaryRequest): Promise<Outcome<Boundary>> {
    return this.#ask(this.#api.boundary(plain(request)));
  }

  plane(choice: PlaneChoice): Promise<Outcome<Plane>> {
    return this.#ask(this.#api.plane(plain(choice)));
  }

  inputForm(): Promise<Outcome<InputForm>> {
    return this.#ask(this.#api.inputForm());
  }

  example(part: Part, index: number): Promise<Outcome<ExampleInput>> {
    return this.#ask(this.#api.example(part, index));
  }

  imageInput(file: File): Promise<Outcome<Float32Array>> {
    return this.#ask(this.#api.imageInput(file));
  }

  probe(input: ProbeInput): Promise<Outcome<Probed>> {
    return this.#ask(this.#api.probe(plain(input)));
  }

  parameters(names?: readonly string[]): Promise<Outcome<readonly NamedTensor[]>> {
    return this.#ask(this.#api.parameters(names));
  }

  setParameter(edit: ParameterEdit): Promise<Outcome<ParameterChange>> {
    return this.#ask(this.#api.setParameter(edit));
  }

  traceStep(request: StepRequest): Promise<Outcome<StepTrace>> {
    return this.#ask(this.#api.traceStep(plain(request)));
  }

  lookForward(): Promise<Outcome<ForwardLook>> {
    return this.#ask(this.#api.lookForward());
  }

  lookBackward(): Promise<Outcome<BackwardLook>> {
    return this.#ask(this.#api.lookBackward());
  }

  lookAtWeights(request: WeightsRequest): Promise<Outcome<WeightsLook>> {
    return this.#ask(this.#api.lookAtWeights(plain(request)));
  }

  lookAtExample(request: ExampleRequest): Promise<Outcome<ExampleLook>> {
    return this.#ask(this.#api.lookAtExample(plain(request)));
  }

  findExample(request: FindRequest): Promise<Outcome<FoundExample>> {
    return this.#ask(this.#api.findExample(plain(request)));
  }

  lookAtBatch(request: BatchRequest): Promise<Outcome<BatchLook>> {
    return this.#ask(this.#api.lookAtBatch(plain(request)));
  }

  timeStep(): Promise<Outcome<StepTiming>> {
    return this.#ask(this.#api.timeStep());
  }

  diagnose(): Promise<Outcome<Finding | null>> {
    return this.#ask(this.#api.diagnose());
  }

  gradientCheckChoices(): Promise<Outcome<GradientCheckChoices>> {
    return this.#ask(this.#api.gradientCheckChoices());
  }

  startGradientCheck(request: GradientCheckRequest): Promise<Outcome<GradientCheckState>> {
    return this.#ask(this.#api.startGradientCheck(plain(request)));
  }

  continueGradientCheck(ms: number, curveOf: string | null): Promise<Outcome<GradientCheckState>> {
    return this.#ask(this.#api.continueGradientCheck(ms, curveOf));
  }

  startMistakes(request: MistakesRequest): Promise<Outcome<null>> {
    return this.#ask(this.#api.startMistakes(request));
  }

  continueMistakes(ms: number): Promise<Outcome<MistakesState>> {
    return this.#ask(this.#api.continueMistakes(ms));
  }

  mistakenExamples(request: ExamplesRequest): Promise<Outcome<MistakenExamples>> {
    return this.#ask(this.#api.mistakenExamples(plain(request)));
  }

  moment(curves?: boolean): Promise<Outcome<Moment>> {
    return this.#ask(this.#api.moment(curves));
  }

  carry(experiment: Experiment, request?: CarryRequest): Promise<Outcome<Carried>> {
    return this.#ask(this.#api.carry(plain(experiment), request));
  }

  snapshot(): Promise<Outcome<ModelSnapshot>> {
    return this.#ask(this.#api.snapshot());
  }

  proofRows(most: number): Promise<Outcome<Proof>> {
    return this.#ask(this.#api.proofRows(most));
  }

  trainingData(): Promise<Outcome<TrainingData>> {
    return this.#ask(this.#api.trainingData());
  }

  residuals(request: ResidualsRequest): Promise<Outcome<Residuals>> {
    return this.#ask(this.#api.residuals(request));
  }

  startRateSearch(request: RateSearchRequest): Promise<Outcome<RateSearchPlan>> {
    return this.#ask(this.#api.startRateSearch(request));
  }

  advanceRateSearch(ms: number): Promise<Outcome<RateSearchState>> {
    return this.#ask(this.#api.advanceRateSearch(ms));
  }

  endRateSearch(): void {
    // Nobody waits for the answer.
    this.#api.endRateSearch().catch(() => undefined);
  }

  inspectPoints(experiments: readonly Experiment[]): Promise<Outcome<readonly PointInspection[]>> {
    return this.#ask(this.#api.inspectPoints(plain(experiments)));
  }

  sweepData(spec: DataSpec): Promise<Outcome<SweepData>> {
    return this.#ask(this.#api.sweepData(plain(spec)));
  }

  async #ask<T>(answer: Promise<Outcome<T>>): Promise<Outcome<T>> {
    try {
      return await Promise.race([answer, this.#lost]);
    } catch (error) {
      return fail(error instanceof WorkerLostError ? error.problem : workerLost(String(error)));
    }
  }
}

function silence(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new WorkerLostError(workerLost('no answer'))), READY_TIMEOUT_MS);
  });
}

function workerLost(detail: string): Problem {
  return {
    code: 'window/worker-lost',
    message: `The training engine stopped${detail ? ` (${detail})` : ''}.`,
    hint: 'Save what you can, then reload the window to start it again.',
  };
}
