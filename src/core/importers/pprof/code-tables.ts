import type { KnownTables, TakenTables } from '../../kernels/pprof-tables.ts';
import { Float64Column, Int32Column } from '../../profile/column.ts';
import { badProtobuf, ProtobufReader, WIRE } from '../reading/protobuf.ts';
import { FUNCTION, LINE, LOCATION, MAPPING } from './fields.ts';
import { IdTable } from './id-table.ts';

/** Mappings, functions and locations as they stand in the file: numbers of strings and ids of one another, not yet looked up. */
export class CodeTables {
  readonly mappings = {
    ids: new IdTable(),
    startLow: new Int32Column(),
    startHigh: new Int32Column(),
    limitLow: new Int32Column(),
    limitHigh: new Int32Column(),
    offsetLow: new Int32Column(),
    offsetHigh: new Int32Column(),
    file: new Float64Column(),
    buildId: new Float64Column(),
  };
  readonly functions = {
    ids: new IdTable(),
    name: new Float64Column(),
    systemName: new Float64Column(),
    file: new Float64Column(),
    startLine: new Float64Column(),
  };
  readonly locations = {
    ids: new IdTable(),
    mappingLow: new Int32Column(),
    mappingHigh: new Int32Column(),
    addressLow: new Int32Column(),
    addressHigh: new Int32Column(),
    /** Where its lines start; they end where those of the next location start. */
    firstLine: new Int32Column(),
  };
  readonly lines = {
    functionLow: new Int32Column(),
    functionHigh: new Int32Column(),
    line: new Float64Column(),
    column: new Float64Column(),
  };
  /** Rows that were left out since their id is 0 or that of another. */
  readonly unusable = { mapping: 0, function: 0, location: 0 };
  readonly #inner = new ProtobufReader();

  /** Adds a mapping; the reader is over its bytes. Throws BadProtobuf. */
  addMapping(reader: ProtobufReader): void {
    const { mappings } = this;
    const id = { low: 0, high: 0 };
    const start = { low: 0, high: 0 };
    const limit = { low: 0, high: 0 };
    const offset = { low: 0, high: 0 };
    let file = 0;
    let buildId = 0;
    const wide = { [MAPPING.id]: id, [MAPPING.start]: start, [MAPPING.limit]: limit, [MAPPING.offset]: offset };
    while (reader.next()) {
      const { field } = reader;
      if (field > MAPPING.hasInlineFrames) continue;
      mustBe(reader, WIRE.varint);
      if (field <= MAPPING.offset) {
        const part = wide[field as keyof typeof wide];
        part.low = reader.low;
        part.high = reader.high;
      } else if (field === MAPPING.file) file = reader.int64;
      else if (field === MAPPING.buildId) buildId = reader.int64;
    }
    if (!mappings.ids.add(id.low, id.high, mappings.file.length)) {
      this.unusable.mapping++;
      return;
    }
    mappings.startLow.push(start.low);
    mappings.startHigh.push(start.high);
    mappings.limitLow.push(limit.low);
    mappings.limitHigh.push(limit.high);
    mappings.offsetLow.push(offset.low);
    mappings.offsetHigh.push(offset.high);
    mappings.file.push(file);
    mappings.buildId.push(buildId);
  }

  /** Adds a function; the reader is over its bytes. Throws BadProtobuf. */
  addFunction(reader: ProtobufReader): void {
    const { functions } = this;
    let idLow = 0;
    let idHigh = 0;
    let name = 0;
    let systemName = 0;
    let file = 0;
    let startLine = 0;
    while (reader.next()) {
      const { field } = reader;
      if (field > FUNCTION.startLine) continue;
      mustBe(reader, WIRE.varint);
      if (field === FUNCTION.id) {
        idLow = reader.low;
        idHigh = reader.high;
      } else if (field === FUNCTION.name) name = reader.int64;
      else if (field === FUNCTION.systemName) systemName = reader.int64;
      else if (field === FUNCTION.file) file = reader.int64;
      else startLine = reader.int64;
    }
    if (!functions.ids.add(idLow, idHigh, functions.name.length)) {
      this.unusable.function++;
      return;
    }
    functions.name.push(name);
    functions.systemName.push(systemName);
    functions.file.push(file);
    functions.startLine.push(startLine);
  }

  /** Adds a location with its lines; the reader is over its bytes. Throws BadProtobuf. */
  addLocation(reader: ProtobufReader): void {
    const { locations, lines } = this;
    const firstLine = lines.line.length;
    let idLow = 0;
    let idHigh = 0;
    let mappingLow = 0;
    let mappingHigh = 0;
    let addressLow = 0;
    let addressHigh = 0;
    try {
      while (reader.next()) {
        const { field } = reader;
        if (field === LOCATION.line) {
          mustBe(reader, WIRE.bytes);
          this.#addLine(this.#inner.over(reader.bytes, reader.contentStart, reader.contentEnd));
          continue;
        }
        if (field > LOCATION.isFolded) continue;
        mustBe(reader, WIRE.varint);
        if (field === LOCATION.id) {
          idLow = reader.low;
          idHigh = reader.high;
        } else if (field === LOCATION.mapping) {
          mappingLow = reader.low;
          mappingHigh = reader.high;
        } else if (field === LOCATION.address) {
          addressLow = reader.low;
          addressHigh = reader.high;
        }
      }
    } catch (error) {
      this.#dropLines(firstLine);
      throw error;
    }
    if (!locations.ids.add(idLow, idHigh, locations.firstLine.length)) {
      this.#dropLines(firstLine);
      this.unusable.location++;
      return;
    }
    locations.mappingLow.push(mappingLow);
    locations.mappingHigh.push(mappingHigh);
    locations.addressLow.push(addressLow);
    locations.addressHigh.push(addressHigh);
    locations.firstLine.push(firstLine);
  }

  /** What the kernel asks of these tables. */
  get known(): Omit<KnownTables, 'takesStrings'> {
    return {
      nextLocation: this.locations.ids.next,
      nextFunction: this.functions.ids.next,
      lines: this.lines.line.length,
    };
  }

  /** Adds what the kernel took. */
  addTaken({ locations, lines, functions }: TakenTables): void {
    const zeros = new Int32Array(Math.max(locations.mapping.length, lines.line.length));
    const own = this.locations;
    own.ids.addCounted(locations.mapping.length);
    own.mappingLow.append(locations.mapping);
    own.mappingHigh.append(zeros.subarray(0, locations.mapping.length));
    own.addressLow.append(locations.addressLow);
    own.addressHigh.append(locations.addressHigh);
    own.firstLine.append(locations.firstLine);
    this.lines.functionLow.append(lines.function);
    this.lines.functionHigh.append(zeros.subarray(0, lines.line.length));
    this.lines.line.append(lines.line);
    this.lines.column.append(lines.column);
    this.functions.ids.addCounted(functions.name.length);
    this.functions.name.append(functions.name);
    this.functions.systemName.append(functions.systemName);
    this.functions.file.append(functions.file);
    this.functions.startLine.append(functions.startLine);
  }

  #addLine(reader: ProtobufReader): void {
    let functionLow = 0;
    let functionHigh = 0;
    let line = 0;
    let column = 0;
    while (reader.next()) {
      const { field } = reader;
      if (field > LINE.column) continue;
      mustBe(reader, WIRE.varint);
      if (field === LINE.function) {
        functionLow = reader.low;
        functionHigh = reader.high;
      } else if (field === LINE.line) line = reader.int64;
      else column = reader.int64;
    }
    this.lines.functionLow.push(functionLow);
    this.lines.functionHigh.push(functionHigh);
    this.lines.line.push(line);
    this.lines.column.push(column);
  }

  #dropLines(length: number): void {
    for (const column of Object.values(this.lines)) column.length = length;
  }
}

/** Throws BadProtobuf where the field at hand is stored in another way than it has to be. */
export function mustBe(reader: ProtobufReader, wire: number): void {
  if (reader.wire !== wire) throw badProtobuf(`field ${reader.field} is of kind ${reader.wire}, not ${wire}`);
}
