import type { SampleKind } from '../../src-worker/api';
import { presets, type PresetKind } from '../../src-worker/experiment/presets';
import { commands, type CommandId } from '.';
import type { AppState } from '../state/app.svelte';
import { addLayer } from '../state/edits';
import { startSample } from '../state/intake';
import { choosePreset, presetData } from '../state/layer-edits';
import { isSwept } from '../sweep/sweep-results';
import { goBack, repeat } from './menus/run';
import { offerOf, type Offer } from './offer';

/** What makes offers out of what is there, such as the samples. To add one: a function and a line in {@link SOURCES}. */
type OfferSource = (app: AppState) => readonly Offer[];

const layerKinds: OfferSource = (app) => {
  const shape = app.inspection?.inputShape ?? null;
  const images = shape === null || shape.length === 3;
  return app.catalog.layers.map((entry) => ({
    id: `layer:${entry.kind}`,
    label: `Add layer: ${entry.label}`,
    group: 'Network',
    keys: [],
    words: `insert ${entry.summary}`,
    obstacle: entry.takes === 'image' && !images ? 'For image data.' : null,
    run: () => addLayer(app, entry.kind),
  }));
};

const networkPresets: OfferSource = (app) => {
  const data = presetData(app);
  return (Object.keys(presets) as PresetKind[]).map((kind) => ({
    id: `preset:${kind}`,
    label: `Use preset: ${presets[kind].label}`,
    group: 'Network',
    keys: [],
    words: `network ${presets[kind].summary}`,
    obstacle: data === null ? 'Load data first.' : presets[kind].unfit(data),
    run: () => choosePreset(app, kind),
  }));
};

/** The samples by their names. */
export function sampleOffers(app: AppState): readonly Offer[] {
  return app.catalog.samples.map(({ kind, label, summary }) => ({
    id: `sample:${kind}`,
    label,
    group: 'Samples',
    keys: [],
    words: `data example ${summary}`,
    hint: summary,
    obstacle: null,
    run: () => void startSample(app, kind as SampleKind), // the catalog's kinds are the registry's keys
  }));
}

const samples: OfferSource = (app) =>
  sampleOffers(app).map((offer) => ({ ...offer, label: `New on sample: ${offer.label}` }));

/** Those of a sweep have the Sweep view: hundreds of them would bury everything else. */
const runs: OfferSource = (app) =>
  app.runs.list.filter((run) => !isSwept(run)).flatMap((run) => [goBack(app, run), repeat(app, run)]);

const SOURCES: readonly OfferSource[] = [layerKinds, networkPresets, samples, runs];

/** Everything that can be asked for now, for the palette; what cannot be done says why. */
export function allOffers(app: AppState): readonly Offer[] {
  const named = (Object.keys(commands) as CommandId[]).filter((id) => id !== 'palette').map((id) => offerOf(app, id));
  return [...named, ...SOURCES.flatMap((source) => source(app))];
}
