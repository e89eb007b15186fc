import type { AilmentKind, Finding } from '../doctor-types';

export interface Examined {
  readonly name: string;
  /** What was planted; null for a healthy run. */
  readonly fault: AilmentKind | null;
  readonly finding: Finding | null;
}

const TITLES: Readonly<Record<AilmentKind, string>> = {
  diverged: 'A learning rate that is too high',
  'symmetric-units': 'All weights equal',
  'linear-network': 'Identity in every hidden layer',
  'silent-units': 'Dead or saturated units',
  'fading-gradients': 'Vanishing or exploding gradients',
  leak: 'A column that is the answer',
  'unseen-class': 'A rare class',
  overfitting: 'Few rows, many columns, a large network',
  underfitting: 'A network too small or held down',
  plateau: 'A learning rate that is too low',
};

/** The page docs/doctor.md, whole. */
export function tableOf(ill: readonly Examined[], healthy: readonly Examined[]): string {
  const kinds = Object.keys(TITLES) as AilmentKind[];
  const rows = kinds.map((kind) => {
    const of = ill.filter(({ fault }) => fault === kind);
    const others = of.filter(({ finding }) => finding?.ailment !== kind);
    const wrong = others.map(({ finding }) => finding?.ailment ?? 'nothing').join(', ');
    return `| ${TITLES[kind]} | ${kind} | ${of.length - others.length} of ${of.length} | ${wrong || '–'} |`;
  });
  const named = ill.filter(({ fault, finding }) => finding?.ailment === fault).length;
  const silent = healthy.filter(({ finding }) => finding === null).length;
  const sentences = kinds.flatMap((kind) => {
    const finding = ill.find((each) => each.fault === kind && each.finding?.ailment === kind)?.finding ?? null;
    return finding === null
      ? []
      : [`- **${finding.sentence}** ${finding.grounds} _${finding.change?.label ?? 'No change'}_`];
  });
  return `${HEAD}
Of ${ill.length} ill runs, six of each kind, the planted fault is named in **${named}**; on ${healthy.length} healthy runs the doctor is silent in **${silent}**. The seeds are
others than those the rules were tuned on, and the counts are of one run of \`npm run test:heavy\`, which fails below 54 of
60 and where anything is said of a healthy run.

| what is planted | ailment | named | else said |
| --- | --- | --- | --- |
${rows.join('\n')}

## What it says

One of the runs of each kind, with the change that its button makes:

${sentences.join('\n')}
`;
}

const HEAD = `# The training doctor

Beside the curves, one plain sentence about what a run suffers from, the numbers it rests on, and one change that a click makes and an undo
takes back. It is silent where nothing is wrong. The rules are in \`src-worker/insight/doctor/\`, one file for each ailment, causes before what they lead to;
they see numbers only, taken on up to 512 rows of the training part: one traced step, the answers, the curves, and how well the five nearest
rows would answer, so that noise which nobody could learn is not held against a network.

This page is written by \`LAYERLAB_DOCTOR_TABLE=docs/doctor.md npm run test:heavy -- doctor\`.
`;
