/** What the trainer offers to look into a run, beyond its own calls. Types only: they cross to the window. */
import type { GradientCheckApi } from './gradient-check/check-types';
import type { MistakesApi } from './mistakes/mistakes-types';
import type { RateFinderApi } from './rate-finder/rate-finder-types';
import type { ResidualsApi } from './residuals';

export type * from './gradient-check/check-types';
export type * from './mistakes/mistakes-types';
export type { DoctorChange, Finding } from './doctor/doctor-types';
export type * from './rate-finder/rate-finder-types';
export type { Residuals, ResidualsRequest } from './residuals';
export type { StepRequest, StepTrace } from './step-types';

export interface InsightApi extends GradientCheckApi, MistakesApi, RateFinderApi, ResidualsApi {}
