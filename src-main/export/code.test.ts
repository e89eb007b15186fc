import { describe } from 'vitest';
import { everyKind, proofOf, randomModels } from '../testing/export-models';
import { answersElsewhere } from '../testing/answers-elsewhere';

/** A sample of code.heavy.ts: every kind, a few networks, some rows of each. */
describe('generated code answers raw rows as the app does', async () => {
  const models = [...everyKind(), ...randomModels(8, 7)];
  answersElsewhere(await Promise.all(models.map(async (model) => ({ model, proof: await proofOf(model, 20) }))), 7);
});
