import type { Walk } from './actions';
import { layers } from './layers';
import { training } from './training';
import { units } from './units';

/** A walk through every lesson of the app, by its title. */
export const walks: Readonly<Record<string, Walk>> = { ...units, ...layers, ...training };
