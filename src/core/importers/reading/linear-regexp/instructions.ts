export const MATCH = 0;
export const SPLIT = 1;
export const CHARACTER_CLASS = 2;
export const ASSERTION = 3;

export type Assertion = 'text start' | 'text end' | 'line start' | 'line end' | 'word boundary' | 'no word boundary';

/** One step of a program. What has no `next` goes on with the one after it. */
export type Instruction =
  | { readonly kind: typeof MATCH }
  | { readonly kind: typeof SPLIT; readonly next: readonly number[] }
  | { readonly kind: typeof CHARACTER_CLASS; readonly has: (codePoint: number) => boolean }
  | { readonly kind: typeof ASSERTION; readonly assertion: Assertion };

/** Whether a character is one of `\w`. */
export function isWord(point: number): boolean {
  return (
    (point >= 0x30 && point <= 0x39) ||
    (point >= 0x41 && point <= 0x5a) ||
    point === 0x5f ||
    (point >= 0x61 && point <= 0x7a)
  );
}
