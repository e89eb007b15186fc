import { describe } from 'vitest';
import { everyKind, proofOf, randomModels } from '../testing/export-models';
import { answersElsewhere } from '../testing/answers-elsewhere';

/** Every kind and 50 random networks on 100 raw rows each. */
describe('generated code answers raw rows as the app does', async () => {
  const models = [...everyKind(), ...randomModels(50, 11)];
  answersElsewhere(await Promise.all(models.map(async (model) => ({ model, proof: await proofOf(model, 100) }))));
});
