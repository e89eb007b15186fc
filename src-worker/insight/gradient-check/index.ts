export { checkGradients, LIMIT } from './gradient-check';
export type { GradientVerdict } from './check-types';
