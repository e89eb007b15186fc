export { bugs } from './bugs';
export { checkGradients, GradientCheck, LIMIT, STEP, type CheckSetup } from './gradient-check';
export type { GradientVerdict } from './check-types';
