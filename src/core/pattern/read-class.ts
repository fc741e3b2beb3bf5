import { CharacterSet, characterRange, POSIX_CLASSES, type SetPart, SHORT_CLASSES } from './character-set.ts';
import type { PatternReader } from './pattern-reader.ts';

/** What stands after a `[`, to its `]`. */
export function readClass(reader: PatternReader, foldsCase: boolean): CharacterSet {
  const negated = reader.take('^');
  const parts: SetPart[] = [];
  for (let isFirst = true; isFirst || !reader.take(']'); isFirst = false) {
    if (reader.isAtEnd) throw reader.problem('has a [ without its ]');
    const posix = reader.takeMatch(/^\[:(\^?)([a-z]+):\]/);
    if (posix) {
      if (!Object.hasOwn(POSIX_CLASSES, posix[2])) throw reader.problem(`has the unknown class ${posix[0]}`);
      parts.push({ source: POSIX_CLASSES[posix[2]], negated: posix[1] === '^' });
      continue;
    }
    let first = reader.next().codePointAt(0)!;
    if (first === BACKSLASH) {
      const part = readClassEscape(reader);
      if (part) {
        parts.push(part);
        continue;
      }
      first = reader.escapedCharacter();
    }
    const last = reader.takeMatch(/^-(?!\])/) ? readCharacter(reader) : first;
    if (last < first) throw reader.problem(`has a range that goes backwards before character ${reader.place}`);
    parts.push(characterRange(first, last));
  }
  return new CharacterSet(parts, { negated, foldsCase });
}

function readCharacter(reader: PatternReader): number {
  const code = reader.next().codePointAt(0)!;
  return code === BACKSLASH ? reader.escapedCharacter() : code;
}

/** `d`, `W`, `pL`, `P{Greek}` after a `\`, or undefined. */
export function readClassEscape(reader: PatternReader): SetPart | undefined {
  const short = reader.takeMatch(/^[dswDSW]/)?.[0];
  if (short) return { source: SHORT_CLASSES[short.toLowerCase()], negated: short !== short.toLowerCase() };
  const property = reader.takeMatch(/^([pP])(?:([A-Z])|\{(\^?)([A-Za-z_]+)\})/);
  if (!property) return undefined;
  const [, sign, letter, not = '', name = letter] = property;
  const source = name.length <= 2 || name === 'Any' ? `\\p{${name}}` : `\\p{Script=${name}}`;
  try {
    new RegExp(source, 'u');
  } catch {
    throw reader.problem(`has the unknown property \\${property[0]}`);
  }
  return { source, negated: (sign === 'P') !== (not === '^') };
}

const BACKSLASH = 0x5c;
