import { test } from 'vitest';
import { killSessions } from '../testing/killed-sessions';

test('killed 200 times at random moments, a main process leaves the work whole and no older than it acknowledged', async () => {
  await killSessions(200, 2);
});
