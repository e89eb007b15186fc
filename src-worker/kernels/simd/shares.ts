/**
 * Who does what of an instruction that is divided: part `part` of `parts`, by results, never by terms of a sum, so that the
 * bits do not depend on how many parts there are. A part's share ends where the next one's begins.
 */

/** First row of a part, out of `rows`: parts are as even as whole rows allow. */
export function rowOf(rows: i32, part: i32, parts: i32): i32 {
  return <i32>((<i64>rows * <i64>part) / <i64>parts);
}

/** First number of a part, out of `count`: whole cache lines, so that no two parts write to one. */
export function numberOf(count: i32, part: i32, parts: i32): i32 {
  const lines = (<i64>count + 15) >> 4;
  return <i32>min(((lines * <i64>part) / <i64>parts) << 4, <i64>count);
}
