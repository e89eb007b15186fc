import { compileReference } from '../../src-worker/network';
import type { Peer } from '../contract';
import { compileRequest, openEngine } from './layerlab-engine';

/** Our definition of correct, in float64: here to judge the losses, not to be fast. */
export const layerlabReference: Peer = {
  title: 'Layerlab reference',
  train(start) {
    const network = compileReference(compileRequest(start), 'float64');
    return Promise.resolve(openEngine(network, start, 'JavaScript, float64'));
  },
};
