export { carryOver, type CarryTarget } from './carry-over';
export type { Carried, CarryReport, CarryRequest, LayerCarry, Moment } from './carry-types';
