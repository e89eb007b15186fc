import type { DataSpec } from '../api';
import type { Problem } from '../problem';
import { counted } from './infer-type';

/** Examples that a document takes out or gives another target, but that are not there. */
export function warnOfSingledOut(
  { excluded, relabelled }: Pick<DataSpec, 'excluded' | 'relabelled'>,
  count: number,
  title: string,
): readonly Problem[] {
  const beyond = (places: readonly number[]): number => places.filter((place) => place >= count).length;
  const missing = [
    { key: 'excluded', what: 'takes out', many: beyond(excluded) },
    { key: 'relabelled', what: 'gives another target to', many: beyond(Object.keys(relabelled).map(Number)) },
  ];
  return missing
    .filter(({ many }) => many > 0)
    .map(({ key, what, many }) => ({
      code: 'data/no-such-example',
      message: `The document ${what} ${counted(many, 'example')} beyond the ${counted(count, 'example')} of ${title}.`,
      hint: 'Check that the document belongs to these data.',
      path: `data.${key}`,
    }));
}
