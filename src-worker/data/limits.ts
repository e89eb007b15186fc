/**
 * What the app takes in before it says no. Strings live in the JavaScript heap, whose exhaustion ends the whole window and
 * cannot be caught, so their number is bounded; typed arrays fail with an error that can be.
 */

/** Of a file as it lies on disk, and of what a compressed file unpacks to. */
export const MAX_FILE_BYTES = 2 ** 30;
/** As many as the usual spreadsheets. */
export const MAX_COLUMNS = 16_384;
/** Rows × columns of a table that is decoded in a process of its own: 512 MiB as float64. */
export const MAX_CELLS = 2 ** 26;
/** Of a file that is decoded there: it is held in memory as a whole, once on every boundary that it crosses. */
export const MAX_DECODED_FILE_BYTES = 2 ** 28;
/** Different texts that one column remembers. */
export const MAX_CATEGORIES = 100_000;
/** Numbers of which more than this are different, most of them in one row only, are measurements: their texts are not kept. */
export const MEASURED_TEXTS = 10_000;
/** Different texts and their characters that all columns of a table remember together. */
export const MAX_TEXTS = 2_000_000;
export const MAX_TEXT_CHARACTERS = 64_000_000;
/** Every column may remember this many texts even when the table's budget is spent. */
export const GUARANTEED_TEXTS = 256;
/** A quoted cell longer than this is taken for a quote that was never closed. */
export const MAX_CELL_CHARACTERS = 2 ** 24;
/** Classes of a target: more cannot be told apart by an output unit each. */
export const MAX_CLASSES = 1_000;
export const PREVIEW_ROWS = 50;
export const PREVIEW_CHARACTERS = 200;
export const PREVIEW_IMAGES = 40;
export const MAX_POINTS = 2_000;
