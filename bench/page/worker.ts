import { expose } from 'comlink';
import { createHost } from '../host';
import { pagePeers } from '../peers';

/** One peer in its own worker. */
expose(createHost(pagePeers));
