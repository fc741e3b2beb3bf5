/**
 * Writes chunks of Flight Recorder files for tests: what no recorder would write, too. Types, constants and events are given as they are to be
 * read; nothing is checked.
 */
export class ChunkWriter {
  readonly #isCompressed: boolean;
  readonly #body: number[] = [];
  #metadataOffset = 0;
  #constantPoolOffset = 0;

  constructor(isCompressed = true) {
    this.#isCompressed = isCompressed;
  }

  /** Where the next event will be. */
  get offset(): number {
    return HEADER_BYTES + this.#body.length;
  }

  /** Bytes of a number of so many bits. */
  integer(value: number | bigint, bits: 16 | 32 | 64): number[] {
    let left = BigInt.asUintN(64, BigInt(value));
    if (!this.#isCompressed) {
      const bytes: number[] = [];
      for (let shift = BigInt(bits) - 8n; shift >= 0n; shift -= 8n) bytes.push(Number((left >> shift) & 0xffn));
      return bytes;
    }
    const bytes: number[] = [];
    while (left > 0x7fn && bytes.length < 8) {
      bytes.push(Number(left & 0x7fn) | 0x80);
      left >>= 7n;
    }
    return [...bytes, Number(left)];
  }

  int = (value: number) => this.integer(value, 32);
  long = (value: number | bigint) => this.integer(value, 64);

  /** A text of encoding 3, UTF-8. */
  text(text: string): number[] {
    const bytes = new TextEncoder().encode(text);
    return [3, ...this.int(bytes.length), ...bytes];
  }

  /** An event with its size and type before its bytes; `size` lies. */
  event(type: number, bytes: readonly number[], size?: number): this {
    const typed = [...this.long(type), ...bytes];
    let own = typed.length + 1;
    while (this.int(own).length + typed.length !== own && own < typed.length + 10) own++;
    for (const byte of [...this.int(size ?? own), ...typed]) this.#body.push(byte);
    return this;
  }

  metadata(classes: readonly ClassDescription[]): this {
    this.#metadataOffset = this.offset;
    const strings: string[] = [];
    const word = (text: string) => {
      const known = strings.indexOf(text);
      return this.int(known === -1 ? strings.push(text) - 1 : known);
    };
    const element = (name: string, attributes: Record<string, string>, children: readonly number[][]): number[] => [
      ...word(name),
      ...this.int(Object.keys(attributes).length),
      ...Object.entries(attributes).flatMap(([key, value]) => [...word(key), ...word(value)]),
      ...this.int(children.length),
      ...children.flat(),
    ];
    const tree = element('root', {}, [
      element(
        'metadata',
        {},
        classes.map(({ id, name, fields = [] }) =>
          element(
            'class',
            { id: `${id}`, name },
            fields.map(([field, type, kind = '', unit]) =>
              element(
                'field',
                {
                  name: field,
                  class: `${type}`,
                  ...(kind === 'key' ? { constantPool: 'true' } : {}),
                  ...(kind === 'array' ? { dimension: '1' } : {}),
                },
                unit === undefined ? [] : [element('annotation', { class: `${TYPE.timespan}`, value: unit }, [])],
              ),
            ),
          ),
        ),
      ),
    ]);
    const table = [...this.int(strings.length), ...strings.flatMap((text) => this.text(text))];
    return this.event(0, [...this.long(0), ...this.long(0), ...this.long(1), ...table, ...tree]);
  }

  /** A checkpoint; `delta` is the offset from it to the one before. */
  checkpoint(pools: readonly (readonly [type: number, constants: readonly number[][]])[], delta = 0): this {
    this.#constantPoolOffset = this.offset;
    const body = pools.flatMap(([type, constants]) => [
      ...this.long(type),
      ...this.int(constants.length),
      ...constants.flat(),
    ]);
    const head = [...this.long(0), ...this.long(0), ...this.long(delta), 0, ...this.int(pools.length)];
    return this.event(1, [...head, ...body]);
  }

  finish(header: Partial<HeaderFields> = {}): Uint8Array {
    const size = HEADER_BYTES + this.#body.length;
    const fields: HeaderFields = {
      major: 2,
      minor: 1,
      size,
      constantPoolOffset: this.#constantPoolOffset,
      metadataOffset: this.#metadataOffset,
      startNs: 1_700_000_000_000_000_000n,
      durationNs: 1_000_000_000,
      startTicks: 1000n,
      ticksPerSecond: 1_000_000_000,
      state: 0,
      ...header,
    };
    const bytes = new Uint8Array(size);
    bytes.set([0x46, 0x4c, 0x52, 0]);
    const view = new DataView(bytes.buffer);
    view.setUint16(4, fields.major);
    view.setUint16(6, fields.minor);
    const longs = [
      fields.size,
      fields.constantPoolOffset,
      fields.metadataOffset,
      fields.startNs,
      fields.durationNs,
      fields.startTicks,
      fields.ticksPerSecond,
    ];
    for (const [index, value] of longs.entries()) view.setBigInt64(8 + 8 * index, BigInt(value));
    bytes[64] = fields.state;
    bytes[67] = this.#isCompressed ? 1 : 0;
    bytes.set(this.#body, HEADER_BYTES);
    return bytes;
  }
}

export interface HeaderFields {
  readonly major: number;
  readonly minor: number;
  readonly size: number;
  readonly constantPoolOffset: number;
  readonly metadataOffset: number;
  readonly startNs: bigint;
  readonly durationNs: number;
  readonly startTicks: bigint;
  readonly ticksPerSecond: number;
  readonly state: number;
}

export interface ClassDescription {
  readonly id: number;
  readonly name: string;
  readonly fields?: readonly (readonly [name: string, type: number, kind?: 'key' | 'array' | '', unit?: string])[];
}

const HEADER_BYTES = 68;

/** Types of a small recording, by what events and constants below need. */
export const TYPE = {
  boolean: 2,
  byte: 3,
  int: 4,
  long: 5,
  string: 6,
  class: 20,
  thread: 21,
  symbol: 22,
  method: 23,
  frame: 24,
  stack: 25,
  frameType: 26,
  state: 27,
  timespan: 28,
  execution: 100,
} as const;

export const CLASSES: readonly ClassDescription[] = [
  { id: TYPE.boolean, name: 'boolean' },
  { id: TYPE.byte, name: 'byte' },
  { id: TYPE.int, name: 'int' },
  { id: TYPE.long, name: 'long' },
  { id: TYPE.string, name: 'java.lang.String' },
  { id: TYPE.class, name: 'java.lang.Class', fields: [['name', TYPE.symbol, 'key']] },
  {
    id: TYPE.thread,
    name: 'java.lang.Thread',
    fields: [
      ['osName', TYPE.string],
      ['osThreadId', TYPE.long],
      ['javaName', TYPE.string],
      ['javaThreadId', TYPE.long],
    ],
  },
  { id: TYPE.symbol, name: 'jdk.types.Symbol', fields: [['string', TYPE.string]] },
  {
    id: TYPE.method,
    name: 'jdk.types.Method',
    fields: [
      ['type', TYPE.class, 'key'],
      ['name', TYPE.symbol, 'key'],
      ['descriptor', TYPE.symbol, 'key'],
    ],
  },
  {
    id: TYPE.frame,
    name: 'jdk.types.StackFrame',
    fields: [
      ['method', TYPE.method, 'key'],
      ['lineNumber', TYPE.int],
      ['bytecodeIndex', TYPE.int],
      ['type', TYPE.frameType, 'key'],
    ],
  },
  {
    id: TYPE.stack,
    name: 'jdk.types.StackTrace',
    fields: [
      ['truncated', TYPE.boolean],
      ['frames', TYPE.frame, 'array'],
    ],
  },
  { id: TYPE.frameType, name: 'jdk.types.FrameType', fields: [['description', TYPE.string]] },
  { id: TYPE.state, name: 'jdk.types.ThreadState', fields: [['name', TYPE.string]] },
  { id: TYPE.timespan, name: 'jdk.jfr.Timespan' },
  {
    id: TYPE.execution,
    name: 'jdk.ExecutionSample',
    fields: [
      ['startTime', TYPE.long],
      ['sampledThread', TYPE.thread, 'key'],
      ['stackTrace', TYPE.stack, 'key'],
      ['state', TYPE.state, 'key'],
    ],
  },
];

/** Constants of one thread (7), one stack (9) of two frames, and what they need. */
export function constants(chunk: ChunkWriter): (readonly [number, number[][]])[] {
  const { int, long } = chunk;
  const text = (value: string) => chunk.text(value);
  const frame = (method: number, line: number, type: number) => [
    ...long(method),
    ...int(line),
    ...int(0),
    ...long(type),
  ];
  return [
    [
      TYPE.frameType,
      [
        [...long(1), ...text('Interpreted')],
        [...long(2), ...text('JIT compiled')],
        [...long(3), ...text('Inlined')],
      ],
    ],
    [TYPE.state, [[...long(1), ...text('STATE_RUNNABLE')]]],
    [TYPE.thread, [[...long(7), ...text('main'), ...long(4321), ...text('main'), ...long(1)]]],
    [TYPE.stack, [[...long(9), 0, ...int(2), ...frame(31, 12, 3), ...frame(32, 34, 2)]]],
    [
      TYPE.method,
      [
        [...long(31), ...long(41), ...long(51), ...long(53)],
        [...long(32), ...long(41), ...long(52), ...long(54)],
      ],
    ],
    [TYPE.class, [[...long(41), ...long(55)]]],
    [
      TYPE.symbol,
      [
        [...long(51), ...text('put')],
        [...long(52), ...text('main')],
        [...long(53), ...text('(Ljava/lang/Object;[I)V')],
        [...long(54), ...text('([Ljava/lang/String;)V')],
        [...long(55), ...text('org/example/Map$Entry')],
      ],
    ],
  ];
}

/** An execution sample's fields. */
export function sample(chunk: ChunkWriter, ticks: number, stack: number | bigint = 9, thread = 7): number[] {
  return [...chunk.long(ticks), ...chunk.long(thread), ...chunk.long(stack), ...chunk.long(1)];
}

/** A sound chunk of a few samples. */
export function soundChunk(chunk = new ChunkWriter(), samples = 3): ChunkWriter {
  for (let index = 0; index < samples; index++) chunk.event(TYPE.execution, sample(chunk, 2000 + index));
  return chunk.checkpoint(constants(chunk)).metadata(CLASSES);
}
