import type { Random } from './random.ts';

/** Numbers at which something in a reader may turn: signs, sizes of types, what a double holds exactly, what fits in memory. */
const WHOLE: readonly bigint[] = [
  0n,
  1n,
  2n,
  3n,
  -1n,
  -2n,
  7n,
  8n,
  16n,
  63n,
  64n,
  65n,
  100n,
  127n,
  128n,
  255n,
  256n,
  32767n,
  32768n,
  65535n,
  65536n,
  1_000_000n,
  (1n << 24n) - 1n,
  1n << 28n,
  (1n << 31n) - 1n,
  1n << 31n,
  (1n << 32n) - 1n,
  1n << 32n,
  (1n << 53n) - 1n,
  1n << 53n,
  (1n << 53n) + 1n,
  (1n << 62n) + 1n,
  (1n << 63n) - 1n,
  1n << 63n,
  -(1n << 63n),
  (1n << 64n) - 1n,
];

/** A whole number of 64 bits, with or without a sign: mostly an edge, else small, as counts and indices are. */
export function edgeNumber(random: Random): bigint {
  if (random.chance(0.4)) return BigInt(random.below(24));
  return random.pick(WHOLE);
}

/** Texts that something in a reader, or in what shows its result, may take for more than text. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '0',
  '-1',
  'NaN',
  'Infinity',
  '1e999',
  '-0',
  '0x',
  '0xffffffffffffffffff',
  '99999999999999999999999999',
  '1.7976931348623157e308',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'length',
  'null',
  'true',
  '<script>alert(1)</script>',
  '[x](command:workbench.action.quit)',
  '$(flame)',
  '%s%n',
  '../../../../etc/passwd',
  '/',
  'file:///%zz',
  'http://[',
  'a\0b',
  '\u202e\ufeff',
  '\ud800',
  '\u{1f525}',
  ';;;',
  '::',
  '"',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '+0x',
  '@',
  '=',
  '#',
  '\t',
  '\r',
  '\n',
  '\n\n',
  ',',
  ';',
];

export function edgeText(random: Random): string {
  if (random.chance(0.03)) return random.pick(TEXTS).repeat(1 + random.below(2000));
  return random.pick(TEXTS);
}

/** A number as a text may write it, right or wrong. */
export function edgeNumberText(random: Random): string {
  const whole = edgeNumber(random).toString();
  switch (random.below(8)) {
    case 0:
      return `${whole}.5`;
    case 1:
      return `${whole}e${random.pick([2, 20, 308, 999, -5, -999])}`;
    case 2:
      return `-${whole}`;
    case 3:
      return '9'.repeat(1 + random.below(random.chance(0.1) ? 2000 : 40));
    case 4:
      return `0x${whole.replace('-', '')}`;
    default:
      return whole;
  }
}
