import { CharacterSet, oneCharacter } from './character-set.ts';
import { PatternReader } from './pattern-reader.ts';
import { type Assertion, either, type Program, repeated, type Step } from './program.ts';
import { readClass, readClassEscape } from './read-class.ts';

interface Flags {
  /** `(?i)` */
  readonly foldsCase: boolean;
  /** `(?m)` */
  readonly isMultiline: boolean;
  /** `(?s)` */
  readonly dotIsAll: boolean;
}

/** A group that is open: what it has so far. */
interface Group {
  readonly choices: Program[];
  steps: Step[];
  /** Where in `steps` begins what a `*` would repeat; -1 where there's nothing to repeat. */
  lastStart: number;
  isRepeated: boolean;
  readonly flagsOutside: Flags;
}

/** The machine of a regular expression. Throws MalformedPattern. Groups are kept on a list, so depth costs nothing. */
export function parsePattern(source: string): Program {
  const reader = new PatternReader(source);
  if (source.length > LONGEST) throw reader.problem(`has ${source.length} characters, at most ${LONGEST} are allowed`);
  let flags: Flags = { foldsCase: false, isMultiline: false, dotIsAll: false };
  const open: Group[] = [newGroup(flags)];
  const add = (steps: Program) => {
    const group = open[open.length - 1];
    group.lastStart = group.steps.length;
    group.isRepeated = false;
    for (const step of steps) group.steps.push(step);
    if (group.steps.length > MOST_STEPS) throw reader.problem('is too large');
  };
  const addSet = (set: CharacterSet) => add([{ does: 'read', set }]);
  const addCharacter = (code: number) => addSet(literal(code, flags.foldsCase));
  const assert = (what: Assertion) => add([{ does: 'assert', what }]);
  while (!reader.isAtEnd) {
    const repeat = reader.repeat();
    if (repeat) {
      const group = open[open.length - 1];
      if (group.isRepeated) throw reader.problem(`repeats a repetition at character ${reader.place}`);
      if (group.lastStart < 0) throw reader.problem(`has nothing to repeat at character ${reader.place}`);
      const piece = group.steps.splice(group.lastStart);
      if (
        piece.length * Math.max(repeat.least, repeat.most === Number.POSITIVE_INFINITY ? 1 : repeat.most) >
        MOST_STEPS
      ) {
        throw reader.problem('is too large');
      }
      add(repeated(piece, repeat.least, repeat.most));
      group.isRepeated = true;
      continue;
    }
    const character = reader.next();
    if (character === '(') {
      const inside = readGroupStart(reader, flags);
      if (inside.isOnlyFlags) {
        flags = inside.flags;
        open[open.length - 1].isRepeated = false;
      } else {
        open.push(newGroup(flags));
        flags = inside.flags;
      }
    } else if (character === ')') {
      const group = open.pop()!;
      if (open.length === 0) throw reader.problem(`closes a group that isn't open at character ${reader.place}`);
      flags = group.flagsOutside;
      add(either([...group.choices, group.steps]));
    } else if (character === '|') {
      const group = open[open.length - 1];
      group.choices.push(group.steps);
      group.steps = [];
      group.lastStart = -1;
      group.isRepeated = false;
    } else if (character === '^') assert(flags.isMultiline ? 'line start' : 'text start');
    else if (character === '$') assert(flags.isMultiline ? 'line end' : 'text end');
    else if (character === '.') addSet(flags.dotIsAll ? ANY : ANY_BUT_NEWLINE);
    else if (character === '[') addSet(readClass(reader, flags.foldsCase));
    else if (character !== '\\') addCharacter(character.codePointAt(0)!);
    else if (reader.take('Q')) for (const code of reader.quoted()) addCharacter(code);
    else {
      const assertion = Object.keys(ASSERTIONS).find((letter) => reader.take(letter));
      const part = assertion ? undefined : readClassEscape(reader);
      if (assertion) assert(ASSERTIONS[assertion]);
      else if (part) addSet(new CharacterSet([part], { negated: false, foldsCase: flags.foldsCase }));
      else addCharacter(reader.escapedCharacter());
    }
  }
  if (open.length > 1) throw reader.problem('has a group that is never closed');
  return either([...open[0].choices, open[0].steps]);
}

function newGroup(flagsOutside: Flags): Group {
  return { choices: [], steps: [], lastStart: -1, isRepeated: false, flagsOutside };
}

/** What stands after a `(`: nothing, a name, or flags. */
function readGroupStart(reader: PatternReader, flags: Flags): { flags: Flags; isOnlyFlags: boolean } {
  if (!reader.take('?')) return { flags, isOnlyFlags: false };
  if (reader.takeMatch(/^P?<\w+>/)) return { flags, isOnlyFlags: false };
  const written = reader.takeMatch(/^([imsU]*)(-[imsU]+)?([:)])/);
  if (!written) {
    throw reader.problem(`has an unknown kind of group at character ${reader.place}`);
  }
  const [, on, off = '', end] = written;
  const flag = (letter: string, before: boolean) => (on.includes(letter) || before) && !off.includes(letter);
  return {
    flags: {
      foldsCase: flag('i', flags.foldsCase),
      isMultiline: flag('m', flags.isMultiline),
      dotIsAll: flag('s', flags.dotIsAll),
    },
    isOnlyFlags: end === ')',
  };
}

/** Sets of single characters are shared, so that a long pattern has few. */
function literal(code: number, foldsCase: boolean): CharacterSet {
  const key = foldsCase ? -1 - code : code;
  let set = literals.get(key);
  if (!set) {
    set = new CharacterSet([oneCharacter(code)], { negated: false, foldsCase });
    if (literals.size < MOST_STEPS) literals.set(key, set);
  }
  return set;
}

const literals = new Map<number, CharacterSet>();
const ANY = new CharacterSet([{ source: '', negated: true }], { negated: false, foldsCase: false });
const ANY_BUT_NEWLINE = new CharacterSet([{ source: '\\n', negated: true }], { negated: false, foldsCase: false });
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'text start',
  z: 'text end',
  b: 'word edge',
  B: 'no word edge',
};
/** In UTF-16 units; in steps. Far more than a person writes, and little enough that the longest name is searched in seconds. */
const LONGEST = 10_000;
const MOST_STEPS = 20_000;
