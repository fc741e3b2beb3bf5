/** What a CPU profile of V8 may mislead about. */
export const V8_WALL =
  'Time is wall time: a sample lasts until the next one, and waiting, as (idle), counts as much as running.';
export const V8_LINES =
  'Lines are known of the innermost function only, and how often, not when: samples are given to the lines of their function in the order of the file.';
export const V8_BESIDE = '(garbage collector) and (program), native code, stand beside the code that caused them.';
