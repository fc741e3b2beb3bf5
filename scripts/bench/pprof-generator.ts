import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../test/support/seeded-random.ts';

export interface PprofSpec {
  /** Samples, no two of one stack, as Go's runtime writes them. */
  readonly samples: number;
  readonly locations: number;
  readonly seed: number;
}

/**
 * Writes a pprof profile of CPU samples, not compressed. Its stacks are those of a random call tree: a sample for each of its places, up
 * to 48 deep; a million samples with 100,000 locations are 89 MB. A location has one to three lines (inlined functions), a function about three locations.
 */
export function generatePprof(path: string, { samples, locations, seed }: PprofSpec): void {
  const random = seededRandom(seed);
  const below = (end: number) => Math.floor(random() * end);
  const out = openSync(path, 'w');
  const functions = Math.max(1, Math.floor(locations / 3));
  let piece = new Bytes();
  const field = (number: number, write: (message: Bytes) => void) => {
    const message = new Bytes();
    write(message);
    piece
      .varint(number * 8 + 2)
      .varint(message.length)
      .bytes(message);
    if (piece.length > 1 << 20) {
      writeSync(out, piece.written());
      piece = new Bytes();
    }
  };
  const strings = ['', 'samples', 'count', 'cpu', 'nanoseconds', '/usr/local/bin/service'];
  const text = (value: string) => strings.push(value) - 1;
  field(1, (type) => type.number(1, 1).number(2, 2));
  field(1, (type) => type.number(1, 3).number(2, 4));
  const tree = new CallTree(samples, locations, random);
  for (let sample = 0; sample < samples; sample++) {
    const count = 1 + below(4) * below(4);
    field(2, (message) => {
      const stack = new Bytes();
      for (let at = tree.place(sample); at !== -1; at = tree.parent[at]) stack.varint(tree.location[at] + 1);
      message.varint(0x0a).varint(stack.length).bytes(stack);
      const values = new Bytes().varint(count).varint(count * 10_000_000);
      message.varint(0x12).varint(values.length).bytes(values);
    });
  }
  field(3, (message) => message.number(1, 1).number(2, 0x400000).number(3, 0x8000000).number(5, 5).number(7, 1));
  for (let location = 0; location < locations; location++) {
    field(4, (message) => {
      message
        .number(1, location + 1)
        .number(2, 1)
        .number(3, 0x401000 + location * 37);
      for (let lines = 1 + below(3) * below(2); lines > 0; lines--) {
        const line = new Bytes().number(1, 1 + below(functions)).number(2, 1 + below(2000));
        message.varint(0x22).varint(line.length).bytes(line);
      }
    });
  }
  for (let index = 0; index < functions; index++) {
    const name = text(`example.com/service/package${below(300)}.(*Type${below(40)}).Method${index}`);
    const file = index % 20 === 0 ? text(`/src/service/package${index / 20}/file.go`) : 0;
    field(5, (message) =>
      message
        .number(1, index + 1)
        .number(2, name)
        .number(3, name)
        .number(4, file || name - 1)
        .number(5, 10),
    );
  }
  for (const value of strings) field(6, (message) => message.text(value));
  field(11, (type) => type.number(1, 3).number(2, 4));
  piece.number(9, 1_700_000_000_000_000_000n).number(10, 30_000_000_000).number(12, 10_000_000);
  writeSync(out, piece.written());
  closeSync(out);
}

/** Places of a random call tree, each with the place that called it. */
class CallTree {
  readonly parent: Int32Array;
  readonly location: Int32Array;
  readonly #inner: number;

  constructor(samples: number, locations: number, random: () => number) {
    // A fifth of the places only call others.
    this.#inner = Math.ceil(samples / 5);
    const count = this.#inner + samples;
    this.parent = new Int32Array(count);
    this.location = new Int32Array(count);
    const depth = new Uint8Array(count);
    for (let place = 0; place < count; place++) {
      let parent = place === 0 ? -1 : Math.floor(random() * place);
      // Samples are taken deep in the tree: of some places the deepest is the caller.
      for (let more = 0; place > 0 && more < 3; more++) {
        const other = Math.floor(random() * Math.min(place, this.#inner));
        if (depth[other] > depth[parent] && depth[other] < DEEPEST - 1) parent = other;
      }
      if (place > 0 && (depth[parent] >= DEEPEST - 1 || parent >= this.#inner)) parent = parent % this.#inner;
      if (parent !== -1 && depth[parent] >= DEEPEST - 1) parent = 0;
      this.parent[place] = parent;
      depth[place] = parent === -1 ? 0 : depth[parent] + 1;
      // Squared, so that some locations are hot.
      this.location[place] = Math.floor(random() ** 2 * locations);
    }
  }

  /** The place of a sample. */
  place(sample: number): number {
    return this.#inner + sample;
  }
}

const DEEPEST = 48;

/** Bytes of a message of protocol buffers; grows as needed. */
class Bytes {
  #bytes = new Uint8Array(128);
  length = 0;

  varint(value: number | bigint): this {
    let rest = value;
    this.#reserve(10);
    if (typeof rest === 'bigint') {
      for (; rest >= 0x80n; rest >>= 7n) this.#bytes[this.length++] = Number(rest & 0x7fn) | 0x80;
    } else {
      for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#bytes[this.length++] = (rest % 0x80) | 0x80;
    }
    this.#bytes[this.length++] = Number(rest);
    return this;
  }

  number(field: number, value: number | bigint): this {
    return this.varint(field * 8).varint(value);
  }

  bytes(other: Bytes): this {
    this.#reserve(other.length);
    this.#bytes.set(other.written(), this.length);
    this.length += other.length;
    return this;
  }

  text(value: string): this {
    const bytes = Buffer.from(value);
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    larger.set(this.written());
    this.#bytes = larger;
  }
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      samples: { type: 'string', default: '1000000' },
      locations: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const [path] = positionals;
  if (path === undefined) throw new Error('Say where to write the profile.');
  generatePprof(path, {
    samples: Number(values.samples),
    locations: Number(values.locations),
    seed: Number(values.seed),
  });
}
