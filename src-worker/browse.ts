import { caught } from './caught';
import type { BrowsingApi, DataBrowser } from './data/browse/browse-types';
import type { PreparedData } from './data/prepared';
import { decodeOutputs } from './inference';
import { noData } from './inspection';
import { fail, succeed, type Outcome } from './problem';
import type { Run } from './run';

/** The calls of the trainer that look at the examples one by one. */
export function browseWith(dataOf: () => PreparedData | null, runOf: () => Run | null): BrowsingApi {
  const look = <T>(read: (browser: DataBrowser) => T): Outcome<T> =>
    caught(() => {
      const data = dataOf();
      return data === null ? fail(noData) : succeed(read(data.browser()));
    });
  /** Nobody who looks at data wants the answers of a network of other data, or of none yet. */
  const answering = (): Parameters<DataBrowser['rows']>[1] => {
    const run = runOf();
    if (run === null || run.prepared !== dataOf()) return null;
    const { network, prepared } = run;
    return (x, count) =>
      decodeOutputs(prepared.preprocessing, network.predict(x, count), count).map(({ answer }) => answer);
  };
  return {
    dataOverview: () => look((browser) => browser.overview()),
    rows: (request) => look((browser) => browser.rows(request, answering())),
    scatter: (request) => look((browser) => browser.scatter(request)),
    images: (request) => look((browser) => browser.images(request)),
  };
}
