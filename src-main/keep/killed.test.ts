import { test } from 'vitest';
import { killSessions } from '../testing/killed-sessions';

test('killed at random moments, a main process leaves the work whole and no older than it acknowledged', async () => {
  await killSessions(6, 1);
});
