import type { Ailment } from './doctor-types';
import { count, number, percent } from './words';

/** A column that is the answer in another form: the score on the dev part is worth nothing. */
export const leak: Ailment = ({ experiment, leak: found, task, records }) => {
  if (found === null || (records.at(-1)?.epoch ?? 0) < 1) return null;
  const { column, strength, rows } = found;
  const { data } = experiment;
  const grounds =
    task === 'regression'
      ? `Its correlation with the target is ${number(strength)} over ${count(rows)} training rows.`
      : `It alone tells the class of ${percent(strength)} of ${count(rows)} training rows.`;
  return {
    ailment: 'leak',
    sentence: `The column “${column}” gives the answer away: it may not be known when the question is asked.`,
    grounds,
    change: {
      label: `Leave out “${column}”`,
      parts: {
        data: { ...data, columns: { ...data.columns, [column]: { ...data.columns[column], role: 'ignore' } } },
      },
      start: 'initial',
    },
  };
};
