/** Data: from dropped files and samples to the examples that a network trains on. */
export type { LabelledImages, LoadedData, LoadedImages, LoadedTable } from './loaded';
export type { PreparedData } from './prepared';
export { samples, type SampleDefinition } from './samples';
