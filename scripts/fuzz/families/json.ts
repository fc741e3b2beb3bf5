import { edgeNumberText, edgeText } from '../edges.ts';
import type { Family } from '../family.ts';
import type { Random } from '../random.ts';
import { encoded } from './text-encoding.ts';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Where a value stands. */
interface Place {
  readonly parent: Value[] | { [key: string]: Value };
  readonly key: string | number;
}

/** JSON: values that change their type, their place or their number, keys that are missing, double or more than keys. */
export const json: Family = {
  name: 'JSON',
  open(seed) {
    const text = Buffer.from(seed).toString();
    try {
      JSON.parse(text);
    } catch {
      return undefined;
    }
    return (random, edits) => {
      const root: { value: Value } = { value: JSON.parse(text) };
      const raw: string[] = [];
      for (let edit = 0; edit < edits; edit++) {
        const place = random.pick(places(root));
        random.pick(EDITS)(place, { root, raw, random });
      }
      let result = JSON.stringify(root.value) ?? '';
      if (raw.length > 0) result = marksReplaced(result, raw);
      if (random.chance(0.05)) result = result.replaceAll(random.pick([',', ':', '{', ']']), (sign) => ` \n${sign}\t`);
      return encoded(result, random);
    };
  },
  parts(seed) {
    const text = Buffer.from(seed).toString();
    try {
      JSON.parse(text);
    } catch {
      return undefined;
    }
    return {
      count: places({ value: JSON.parse(text) }).length,
      without(start, end) {
        const root: { value: Value } = { value: JSON.parse(text) };
        // Later ones first: the indices of the others stay.
        for (const { parent, key } of places(root).slice(start, end).reverse()) {
          if (Array.isArray(parent)) parent.splice(Number(key), 1);
          else delete parent[key];
        }
        return Buffer.from(JSON.stringify(root.value, null, /\n\s/.test(text) ? 1 : 0) ?? '');
      },
    };
  },
};

interface Editing {
  readonly root: { value: Value };
  /** Texts that no value can be written as: they take the place of marks. */
  readonly raw: string[];
  readonly random: Random;
}

/** Letters that copies of a value have together. */
const LARGEST_COPIES = 1 << 16;

const MARKED = /"@raw (\d+)@"/g;

/** Every value's place, whole first; no deeper than values that were put there. */
function places(root: { value: Value }): Place[] {
  const found: Place[] = [{ parent: root, key: 'value' }];
  for (let at = 0; at < found.length && found.length < 5000; at++) {
    const value = valueAt(found[at]);
    if (Array.isArray(value)) for (const key of value.keys()) found.push({ parent: value, key });
    else if (value !== null && typeof value === 'object') {
      for (const key of Object.keys(value)) found.push({ parent: value, key });
    }
  }
  return found;
}

function valueAt({ parent, key }: Place): Value {
  return (parent as { [key: string]: Value })[key];
}

/** Also makes a key of the name `__proto__`, as JSON.parse does. */
function put({ parent, key }: Place, value: Value): void {
  if (Array.isArray(parent)) parent[Number(key)] = value;
  else Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Nothing of what is large: copies of copies would fill the memory before anything is read. */
function copy(value: Value): Value {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > LARGEST_COPIES ? null : JSON.parse(text);
}

/** Copies of a mark stand for copies of its text: of those, too, only so many. */
function marksReplaced(text: string, raw: readonly string[]): string {
  let letters = 0;
  return text.replaceAll(MARKED, (_, index) => {
    const own = raw[Number(index)];
    letters += own.length;
    return letters > 4 * LARGEST_COPIES ? 'null' : own;
  });
}

function mark(raw: string[], text: string): string {
  return `@raw ${raw.push(text) - 1}@`;
}

const EDITS: readonly ((place: Place, editing: Editing) => void)[] = [
  // A copy: the next edit may change it.
  (place, { random }) => put(place, copy(random.pick(SIMPLE))),
  (place, { random }) => put(place, edgeText(random)),
  (place, { raw, random }) => put(place, mark(raw, edgeNumberText(random))),
  (place, { raw, random }) => put(place, mark(raw, random.pick(RAW)(random))),
  // A number of the size that ids, indices and counts have.
  (place, { random }) => put(place, random.below(20)),
  (place, { random }) => {
    const value = valueAt(place);
    if (typeof value === 'number') put(place, random.pick(NUMBER_EDITS)(value, random));
    else if (typeof value === 'string') put(place, value.slice(0, random.below(value.length)) + edgeText(random));
  },
  (place, { root, random }) => put(place, copy(valueAt(random.pick(places(root))))),
  (place, { root, random }) => {
    // Two values of one kind change places, so that what refers to them no longer does.
    const other = random.pick(places(root));
    const [mine, others] = [copy(valueAt(place)), copy(valueAt(other))];
    if (typeof mine !== typeof others) return;
    put(place, others);
    put(other, mine);
  },
  removed,
  removed,
  removed,
  ({ parent, key }, { random }) => {
    if (Array.isArray(parent)) {
      const value = parent[Number(key)];
      const most = Math.max(1, Math.floor(LARGEST_COPIES / (JSON.stringify(value)?.length ?? 1)));
      parent.splice(Number(key), 0, ...Array.from({ length: Math.min(random.few(64), most) }, () => copy(value)));
    } else rename({ parent, key }, random.pick(KEYS));
  },
  ({ parent, key }, { raw, random }) => {
    // The same key twice, with another value.
    if (Array.isArray(parent)) return;
    const value = JSON.stringify(valueAt({ parent, key })) ?? 'null';
    const other = random.pick(['null', '0', '[]', '{}', value]);
    put({ parent, key }, mark(raw, `${value},${JSON.stringify(key)}:${other}`));
  },
  (place, { random }) => {
    const value = valueAt(place);
    put(place, random.chance(0.5) ? [value] : { [random.pick(KEYS)]: value });
  },
  (place, { random }) => {
    const value = valueAt(place);
    if (!Array.isArray(value)) return;
    if (random.chance(0.5)) value.reverse();
    else value.length = random.below(value.length);
  },
  ({ parent, key }, { random }) => {
    if (Array.isArray(parent)) return;
    rename({ parent, key }, random.pick(Object.keys(parent)));
  },
];

function removed({ parent, key }: Place, { random }: Editing): void {
  if (Array.isArray(parent)) parent.splice(Number(key), random.few(32));
  else delete parent[key];
}

function rename({ parent, key }: Place, to: string): void {
  if (Array.isArray(parent) || to === key) return;
  put({ parent, key: to }, parent[key]);
  delete parent[key];
}

const SIMPLE: readonly Value[] = [null, true, false, 0, -1, 0.5, '', '0', [], {}, [[]], [null], { '': {} }, 1e308, -0];

const KEYS = ['__proto__', 'constructor', 'toString', '', '0', 'length', 'name', 'id', 'children', 'type', 'value'];

const NUMBER_EDITS: readonly ((value: number, random: Random) => number)[] = [
  (value) => value + 1,
  (value) => value - 1,
  (value) => -value,
  (value) => value * 1e9,
  (value) => value / 3,
  (value, random) => value + random.below(8) - 4,
];

const RAW: readonly ((random: Random) => string)[] = [
  () => 'NaN',
  () => '-Infinity',
  () => 'undefined',
  () => '01',
  () => '1.',
  () => '.5',
  () => '-',
  () => '1e',
  () => '1e999',
  () => '"\\ud800"',
  () => '"\\u0000\\x"',
  () => '"',
  () => "'a'",
  () => '{"__proto__":{"length":9},"constructor":[],"__proto__":null}',
  () => '{"a":1,}',
  () => '[1,]',
  () => '[,]',
  () => '/* */1',
  () => '',
  (random) => '['.repeat(random.below(random.chance(0.1) ? 20_000 : 200)),
  (random) => nested('[', ']', random),
  (random) => nested('{"children":[', ']}', random),
  (random) => `"${'x'.repeat(random.below(random.chance(0.1) ? 20_000 : 500))}"`,
  (random) => `[${'0,'.repeat(random.below(random.chance(0.1) ? 10_000 : 200))}0]`,
];

function nested(open: string, close: string, random: Random): string {
  const depth = random.below(random.chance(0.1) ? 2000 : 50);
  return `${open.repeat(depth)}${close.repeat(depth)}`;
}
