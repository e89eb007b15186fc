import Papa from 'papaparse';
import { devDependencies } from '../../package.json';
import type { Peer } from '../contract';

/** PapaParse alone, making numbers of cells as it offers: arrays, not an object per row, which would take longer. */
export const papaparsePeer: Peer = {
  title: `PapaParse ${devDependencies.papaparse}`,
  read({ workload, bytes }) {
    if (workload.format !== 'csv') return Promise.resolve({ cannot: 'it reads tables only' });
    let rows: readonly (readonly unknown[])[] = [];
    return Promise.resolve({
      platform: { about: 'an array per row', threads: 1 },
      run(times) {
        for (let time = 0; time < times; time++) {
          const text = new TextDecoder().decode(bytes);
          rows = Papa.parse<unknown[]>(text, { dynamicTyping: true, skipEmptyLines: true }).data;
        }
      },
      // Its first row are the names.
      valueAt: (row, column) => Number(rows[row + 1]?.[column]),
    });
  },
};
