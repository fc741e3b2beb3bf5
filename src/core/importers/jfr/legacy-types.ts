import { CutShort } from '../reading/byte-cursor.ts';
import type { JfrCursor } from './jfr-cursor.ts';
import { type ChunkTypes, type Layout, OPERATION, type Operation, type Step } from './layouts.ts';

/** The types of a chunk of version 0, under the names that they have since. */
export interface LegacyTypes {
  readonly events: ChunkTypes;
  readonly constants: ChunkTypes;
  /** How keys of a type of constants are written. */
  keyOperation(id: number): Operation;
}

/**
 * Reads what comes first in a metadata event of version 0: producers, each with structures, events made of them, and types of constants.
 * (org.openjdk.jmc.flightrecorder.internal.parser.v0 in Mission Control; no other description was published)
 */
export function readLegacyTypes(cursor: JfrCursor): LegacyTypes {
  const events = new TypeTable();
  const constants = new TypeTable();
  const keys = new Map<number, Operation>();
  for (let producers = cursor.count(); producers > 0; producers--) {
    cursor.int(); // id
    for (let texts = 3; texts > 0; texts--) cursor.legacyText(false, false);
    for (let relations = cursor.count(); relations > 0; relations--) cursor.legacyText(false, false);
    const structures = readStructures(cursor);
    for (let left = cursor.count(); left > 0; left--) readEventType(cursor, structures, events);
    for (let left = cursor.count(); left > 0; left--) {
      cursor.int();
      const id = cursor.value;
      const name = cursor.legacyText(false, true);
      cursor.legacyText(false, false); // description
      keys.set(id, dataType(cursor));
      cursor.int();
      const [own, fields = {}] = CONSTANTS.get(name) ?? [`legacy.${name}`];
      constants.add(id, own, [], structures, cursor.value, fields);
    }
  }
  // Events of type 2 aren't described: a thread lost events.
  events.add(2, 'jdk.DataLoss', [
    step('startTime', OPERATION.long),
    step('thread', OPERATION.int),
    step('amount', OPERATION.int),
  ]);
  return { events, constants, keyOperation: (id) => keys.get(id) ?? OPERATION.long };
}

interface Field {
  readonly name: string;
  readonly type: Operation | 'array' | 'struct' | 'structs';
  /** Of a struct or an array of them: position of the structure. Of an array: data type of its items. */
  readonly inner: number;
}

type Structures = readonly (readonly Field[])[];

function readStructures(cursor: JfrCursor): Structures {
  const structures: Field[][] = [];
  for (let left = cursor.count(); left > 0; left--) {
    const fields: Field[] = [];
    for (let fieldsLeft = cursor.count(); fieldsLeft > 0; fieldsLeft--) {
      const name = cursor.legacyText(false, true);
      cursor.legacyText(false, false); // label
      cursor.legacyText(false, false); // description
      cursor.byte(); // transition
      cursor.byte();
      const type =
        cursor.low === ARRAY
          ? 'array'
          : cursor.low === STRUCT
            ? 'struct'
            : cursor.low === STRUCTS
              ? 'structs'
              : DATA_TYPES[cursor.low];
      if (type === undefined) throw new CutShort();
      cursor.int(); // type of constant
      cursor.int();
      const inner = cursor.value;
      cursor.int(); // unused
      fields.push({ name, type, inner });
    }
    structures.push(fields);
  }
  return structures;
}

function readEventType(cursor: JfrCursor, structures: Structures, events: TypeTable): void {
  cursor.int();
  const id = cursor.value;
  cursor.legacyText(false, false); // label
  cursor.legacyText(false, false); // description
  const path = cursor.legacyText(false, true);
  const flags = [0, 0, 0, 0].map(() => {
    cursor.byte();
    return cursor.low !== 0;
  });
  cursor.int();
  const structure = cursor.value;
  cursor.int(); // unused
  const [hasStart, hasThread, hasStack] = flags;
  const [name, fields = {}] = EVENTS.get(path) ?? [path];
  const first = [step(hasStart ? 'endTime' : 'startTime', OPERATION.long)];
  if (hasStart) first.push(step('startTime', OPERATION.long));
  if (hasThread) first.push(step('eventThread', OPERATION.int));
  if (hasStack) first.push(step('stackTrace', OPERATION.long));
  events.add(id, name, first, structures, structure, fields);
}

function dataType(cursor: JfrCursor): Operation {
  cursor.byte();
  const type = DATA_TYPES[cursor.low];
  if (type === undefined) throw new CutShort();
  return type;
}

function step(field: string, operation: Operation, inner: Layout | null = null): Step {
  return { field, operation, className: '', unit: '', inner };
}

type Renamed = Readonly<Record<string, string>>;

interface Described {
  readonly name: string;
  readonly first: readonly Step[];
  readonly structures: Structures;
  readonly structure: number;
  readonly fields: Renamed;
}

class TypeTable implements ChunkTypes {
  readonly #described = new Map<number, Described>();
  readonly #layouts = new Map<number, Layout | undefined>();

  add(
    id: number,
    name: string,
    first: readonly Step[],
    structures: Structures = [[]],
    structure = 0,
    fields: Renamed = {},
  ): void {
    this.#described.set(id, { name, first, structures, structure, fields });
  }

  nameOf(id: number): string | undefined {
    return this.#described.get(id)?.name;
  }

  layoutOf(id: number): Layout | undefined {
    const type = this.#described.get(id);
    if (!type) return undefined;
    if (!this.#layouts.has(id)) {
      const inner = structLayout(type.structures, type.structure, type.fields, new Map());
      this.#layouts.set(id, inner && { steps: [...type.first, ...inner.steps] });
    }
    return this.#layouts.get(id);
  }
}

/** Undefined where the structure isn't there or contains itself: those above it are in the making. */
function structLayout(
  structures: Structures,
  index: number,
  renamed: Renamed,
  made: Map<number, Layout | undefined>,
): Layout | undefined {
  if (made.has(index)) return made.get(index);
  const fields = structures[index];
  if (!fields || made.size > MOST_STRUCTURES) return undefined;
  made.set(index, undefined);
  const steps: Step[] = [];
  for (const { name, type, inner } of fields) {
    const field = renamed[name] ?? name;
    if (typeof type === 'number') {
      steps.push(step(field, type));
      continue;
    }
    const item = DATA_TYPES[inner];
    const layout =
      type === 'array'
        ? item !== undefined && { steps: [step('', item)] }
        : structLayout(structures, inner, renamed, made);
    if (!layout) return undefined;
    const isEmpty = layout.steps.length === 0;
    if (type !== 'struct') steps.push(step(field, OPERATION.array, isEmpty ? null : layout));
    else if (!isEmpty) steps.push(step(field, OPERATION.struct, layout));
  }
  const layout = { steps };
  made.set(index, layout);
  return layout;
}

/** Structures that one type is made of; also how deep they nest. */
const MOST_STRUCTURES = 64;

/** By their number: boolean, byte, U1, short, U2, int, U4, long, U8, float, double, UTF-8, UTF-16. */
const DATA_TYPES: readonly (Operation | undefined)[] = [
  OPERATION.byte,
  OPERATION.byte,
  OPERATION.byte,
  OPERATION.short,
  OPERATION.short,
  OPERATION.int,
  OPERATION.int,
  OPERATION.long,
  OPERATION.long,
  OPERATION.float,
  OPERATION.double,
  OPERATION.legacyUtf8,
  OPERATION.legacyUtf16,
];
const ARRAY = 13;
const STRUCT = 14;
const STRUCTS = 15;

/** What events and constants that are read are called since, and their fields. */
const EVENTS = new Map<string, readonly [string, Renamed?]>([
  ['vm/prof/execution_sample', ['jdk.ExecutionSample']],
  ['java/object_alloc_in_new_TLAB', ['jdk.ObjectAllocationInNewTLAB', { class: 'objectClass' }]],
  ['java/object_alloc_outside_TLAB', ['jdk.ObjectAllocationOutsideTLAB', { class: 'objectClass' }]],
  ['java/monitor_enter', ['jdk.JavaMonitorEnter', { klass: 'monitorClass' }]],
  ['java/thread_park', ['jdk.ThreadPark', { klass: 'parkedClass' }]],
  ['vm/info', ['jdk.JVMInformation']],
  ['os/information', ['jdk.OSInformation']],
]);
const CONSTANTS = new Map<string, readonly [string, Renamed?]>([
  ['Thread', ['java.lang.Thread', { name: 'osName' }]],
  ['Class', ['java.lang.Class']],
  ['Method', ['jdk.types.Method', { class: 'type', signature: 'descriptor' }]],
  ['UTFConstant', ['jdk.types.Symbol', { utf8: 'string' }]],
  ['StackTrace', ['jdk.types.StackTrace', { line: 'lineNumber' }]],
  ['FrameType', ['jdk.types.FrameType', { desc: 'description' }]],
  ['ThreadState', ['jdk.types.ThreadState']],
]);
