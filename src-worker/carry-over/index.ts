export { carryOver, type CarryTarget } from './carry-over';
export type { Carried, CarryReport, CarryRequest, Moment } from './carry-types';
