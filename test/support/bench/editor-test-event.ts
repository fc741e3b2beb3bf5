/** A line of the file by which the extension host tells what came of its tests; `end` is the last. */
export type EditorTestEvent =
  | { type: 'pass' | 'skip'; file: string; name: string }
  | { type: 'fail'; file: string; name: string; error: string }
  | { type: 'end' };

/** The environment variable that says to which file they are appended. */
export const RESULTS_VARIABLE = 'PERFWRIGHT_EDITOR_TEST_RESULTS';
