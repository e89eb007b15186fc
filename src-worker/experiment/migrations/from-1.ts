import type { Migration } from './migration';

/** Nothing that version 1 could say means anything else now: there is only more to say, which version 1 would have misread. */
export const from1: Migration = {
  from: 1,
  change:
    'Class weights may be numbers by class, and a saved project may hold a document that is not, or not yet, that of its weights.',
  migrate: (document) => document,
};
