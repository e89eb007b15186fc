import { test } from './fixtures';
import { surviveKills } from './kills/chain';
import { KILLS } from './kills/kinds';

test('killed page, then everything: what was acknowledged is there, and the run ends as one that nobody killed', async ({
  shell,
}) => {
  test.skip(shell === 'electron', 'Kills are aimed at the processes of a plain browser and of the local shell.');
  test.setTimeout(180_000);
  const kills = KILLS.filter(({ name }) => name === 'the page' || name === 'everything');
  await surviveKills(
    kills.map((kill, index) => ({ number: index + 1, kill })),
    1,
  );
});
