import * as v from 'valibot';
import type { Experiment } from '../../src-worker/api';
import { parseExperiment } from '../../src-worker/experiment/parse';
import { fail, succeed, type Outcome, type Problem } from '../../src-worker/problem';
import { CONTROL_NAMES } from './controls';
import { goals, type Goal, type GoalDefinition, type GoalField, type GoalKind } from './goals';
import type { Lesson } from './lesson';

const LESSON_FORMAT = 'layerlab-lesson';
/** A lesson is text: what is longer is something else. */
export const LONGEST_LESSON_BYTES = 2 ** 20;

const LONGEST_NAME = 200;
const LONGEST_TEXT = 20_000;
const MOST_STEPS = 100;
const MOST_GOALS = 20;
const MOST_CHOICES = 12;

const line = v.pipe(v.string(), v.maxLength(LONGEST_NAME));
const sentence = v.pipe(v.string(), v.maxLength(2_000));
/** One string, or a list of paragraphs. */
const text = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((given) => (typeof given === 'string' ? given : given.join('\n\n'))),
  v.maxLength(LONGEST_TEXT),
);
const number = v.pipe(v.number(), v.finite());

/** The document is read by its own parser, which knows every rule of it. */
const experiment = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, Experiment>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseExperiment(dataset.value);
    if (parsed.ok) return parsed.value;
    const [first] = parsed.problems;
    addIssue({ message: `${first?.message ?? ''} ${first?.hint ?? ''}`.trim() });
    return NEVER;
  }),
);

const goal = v.lazy((value) => {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined;
  const known = typeof kind === 'string' && Object.hasOwn(goals, kind);
  return known ? goalSchema(goals[kind as GoalKind]) : unknownGoal;
});

const unknownGoal = v.strictObject({ kind: v.picklist(Object.keys(goals) as GoalKind[]) });

function goalSchema({ kind, fields }: Pick<GoalDefinition, 'kind' | 'fields'>) {
  return v.strictObject({
    kind: v.literal(kind),
    say: v.pipe(sentence, v.minLength(1)),
    hint: v.optional(sentence, ''),
    ...Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)])),
  });
}

function fieldSchema(field: GoalField): v.GenericSchema {
  switch (field.type) {
    case 'text':
      return v.optional(line, field.default);
    case 'number':
      return v.optional(
        v.pipe(number, v.minValue(field.min ?? -Infinity), v.maxValue(field.max ?? Infinity)),
        field.default,
      );
    case 'choice':
      return v.optional(v.picklist(field.options.map(({ value }) => value)), field.default);
    case 'value':
      return v.optional(v.union([number, line, v.boolean()]), field.default);
    case 'texts':
      return v.optional(v.pipe(v.array(line), v.minLength(1), v.maxLength(MOST_CHOICES)), [...field.default]);
  }
}

const lesson = v.strictObject({
  format: v.literal(LESSON_FORMAT),
  version: v.literal(1),
  title: v.pipe(line, v.minLength(1)),
  summary: v.optional(sentence, ''),
  source: v.optional(line, ''),
  experiment,
  view: v.optional(line, ''),
  controls: v.optional(v.nullable(v.pipe(v.array(v.picklist(CONTROL_NAMES)), v.maxLength(100))), null),
  views: v.optional(v.nullable(v.pipe(v.array(line), v.maxLength(100))), null),
  steps: v.pipe(
    v.array(
      v.strictObject({
        title: v.pipe(line, v.minLength(1)),
        text,
        setUp: v.optional(v.nullable(v.strictObject({ label: v.pipe(line, v.minLength(1)), experiment })), null),
        goals: v.optional(v.pipe(v.array(goal), v.maxLength(MOST_GOALS)), []),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_STEPS),
  ),
});

/** Turns any JSON value into a lesson with every default filled in, or says what is wrong with it and where. Never throws. */
export function readLesson(value: unknown, file = 'The lesson'): Outcome<Lesson> {
  const refusal = refuseUnread(value, file);
  if (refusal !== null) return fail(refusal);
  const parsed = v.safeParse(lesson, value);
  // The goals are checked against the definition of their own kind, which the schema's type cannot say.
  if (parsed.success) return succeed(withGoals(parsed.output));
  const [first, ...others] = parsed.issues.slice(0, 5).map((issue) => describe(issue, file));
  return fail(first!, ...others);
}

type Parsed = v.InferOutput<typeof lesson>;

function withGoals(parsed: Parsed): Lesson {
  return {
    ...parsed,
    steps: parsed.steps.map((step) => ({ ...step, goals: step.goals as unknown as readonly Goal[] })),
  };
}

/** As {@link readLesson}, from the text of a file. */
export function readLessonText(source: string, file: string): Outcome<Lesson> {
  let value: unknown;
  try {
    value = JSON.parse(source.startsWith('\uFEFF') ? source.slice(1) : source);
  } catch (error) {
    return fail({
      code: 'lesson/syntax',
      message: `${file} is not valid JSON: ${error instanceof Error ? shortened(error.message) : 'it cannot be read'}.`,
      hint: 'Choose a lesson that Layerlab saved, or mend the text at that place.',
      file,
    });
  }
  return readLesson(value, file);
}

function refuseUnread(value: unknown, file: string): Problem | null {
  const own = (key: string): unknown =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, key)
      ? (value as Readonly<Record<string, unknown>>)[key]
      : undefined;
  if (own('format') !== LESSON_FORMAT) {
    return {
      code: 'lesson/format',
      message: `${file} is not a lesson: its format is not "${LESSON_FORMAT}".`,
      hint: 'Choose another file; docs/lesson-format.md describes lessons.',
      file,
    };
  }
  const version = own('version');
  if (typeof version !== 'number' || version <= 1) return null;
  return {
    code: 'lesson/newer-version',
    message: `${file} is a lesson of version ${version}; this Layerlab reads version 1.`,
    hint: 'Open it with a newer Layerlab; nothing was changed.',
    file,
  };
}

function describe(issue: v.BaseIssue<unknown>, file: string): Problem {
  const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  const place = shortened(path.replace(/^\./, '')) || 'the lesson';
  return {
    code: 'lesson/invalid',
    message: `In ${file}, ${place}: ${shortened(wordsOf(issue))}`,
    hint: 'Mend that place as docs/lesson-format.md describes; nothing was changed.',
    file,
    path: place,
  };
}

/** What is wrong with a value, by the rule that it breaks; every other rule says what it expects. */
const WORDS: Readonly<Record<string, (issue: v.BaseIssue<unknown>) => string>> = {
  min_length: () => 'it is empty.',
  max_length: ({ input, requirement }) =>
    `it has more than ${Number(requirement).toLocaleString('en')} ${typeof input === 'string' ? 'characters' : 'entries'}.`,
  min_value: ({ requirement, received }) => `it must be at least ${String(requirement)}, but is ${received}.`,
  max_value: ({ requirement, received }) => `it must be at most ${String(requirement)}, but is ${received}.`,
};

function wordsOf(issue: v.BaseIssue<unknown>): string {
  const { type, expected, received, message } = issue;
  if (expected === 'never') return 'a lesson has no such setting.';
  if (received === 'undefined') return 'it is missing.';
  const own = Object.hasOwn(WORDS, type) ? WORDS[type] : undefined;
  return own?.(issue) ?? (expected === null ? message : `it must be ${expected}, but is ${received}.`);
}

/** A hostile text that is quoted must not fill the screen. */
function shortened(words: string): string {
  return words.length > 300 ? `${words.slice(0, 300)}…` : words;
}
