/** Keys of the metadata that say which values of the graph are x and ŷ of the network, between preprocessing and answers. */
export const ENDS = { input: 'network_input', output: 'network_output' } as const;
