import { type EntryIndex, PerfStacks } from '../../kernels/perf-stacks.ts';
import { PIECE_BYTES } from '../../kernels/text-piece.ts';
import { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { NONE, type Profile, type ThreadIndex } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { renumber } from '../reading/frame-stacks.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { perfMisleads } from '../reading/perf-meaning.ts';
import { utf8 } from '../reading/utf8.ts';
import { readBareHeader } from './bare-header.ts';
import { newCommentFacts, readCommentLine } from './comment-line.ts';
import { newHeaderLine, readHeaderLine, skipBlanks, trimEnd } from './header-line.ts';
import { PERF_SCRIPT, type PerfScriptOptions } from './options.ts';
import { PlaceLines } from './place-lines.ts';
import { PlaceText } from './place-text.ts';
import { newRecordFacts, readRecordLine } from './record-line.ts';
import { finishedSamples } from './sample-rows.ts';
import { StackFrames } from './stack-frames.ts';
import { readHeaderPlace } from './stack-line.ts';

/**
 * Reads the text of `perf script` as it comes: `write` chunks of bytes, cut anywhere, then `finish` once. Holds
 * distinct lines and samples, never the text.
 */
export class PerfScriptParser {
  readonly #builder = new ProfileBuilder();
  readonly #frames: StackFrames;
  readonly #feed = new LineFeed(
    LONGEST_LINE,
    (bytes, start, end) => this.#line(bytes, start, end),
    (_bytes, start) => this.#knownLines(start),
  );
  readonly #comments = newCommentFacts();
  readonly #records = newRecordFacts();
  readonly #header = newHeaderLine();
  readonly #stack: PerfStacks;
  readonly #places = new PlaceText();
  readonly #headerPlaces: PlaceLines;
  readonly #threadNames = new ByteInterner();
  readonly #threadOfName = new Int32Column();
  readonly #eventNames = new ByteInterner();
  readonly #events: string[] = [];
  /** Headers with an event, or with a thread and a time. */
  #hasHeaders = false;
  /** Headers without; and a line that is one if a place follows it. */
  #bareHeaders = 0;
  #unsure: { readonly bytes: Uint8Array; readonly number: number } | undefined;
  #notUnderstood = 0;
  #firstNotUnderstood = '';

  constructor(options: PerfScriptOptions = {}) {
    const expected = Math.min(MOST_EXPECTED_STACKS, Math.ceil((options.size ?? 0) / BYTES_A_STACK));
    this.#stack = new PerfStacks(expected, () => {
      throw new MalformedInput(PERF_SCRIPT, 'its stacks take more memory than there is for them');
    });
    this.#frames = new StackFrames(this.#builder, this.#stack, options, this.#records.buildIds);
    this.#headerPlaces = new PlaceLines(this.#frames, readHeaderPlace);
  }

  /** Samples so far. */
  get sampleCount(): number {
    return this.#stack.sampleCount;
  }

  write(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
      const piece = bytes.subarray(start, start + PIECE_BYTES);
      this.#stack.setPiece(piece);
      this.#feed.write(piece);
    }
  }

  /** The profile of all that was written. Throws MalformedInput where nothing in it was understood. */
  finish(): Profile {
    const isCut = this.#finishLastLine();
    this.#stack.endSample();
    if (this.sampleCount === 0 && this.#notUnderstood > 0) {
      throw new MalformedInput(PERF_SCRIPT, `there are no samples; ${this.#firstNotUnderstood} isn't understood`);
    }
    const { stacks, ofNode } = this.#frames.stacks();
    const columns = this.#stack.samples();
    renumber(columns.stack, ofNode);
    const { samples, values, startTimeNs, durationNs, defaultValue, withoutPeriod } = finishedSamples(
      columns,
      this.#events,
    );
    const { hostname, architecture, perfVersion, commandLine, requestedHz } = this.#comments;
    const producer = perfVersion === '' ? 'perf' : `perf ${perfVersion}`;
    const tables = this.#builder.finish({
      origin: {
        format: PERF_SCRIPT,
        producer,
        commandLine,
        hostname,
        architecture,
        startTimeNs,
        durationNs,
        mayMislead: perfMisleads(values),
      },
      quality: {
        lostSamples: this.#records.lostSamples,
        throttled: this.#records.throttled,
        requestedHz,
        warnings: this.#warnings(isCut, withoutPeriod),
      },
      defaultValue,
    });
    return this.#frames.finish({ ...tables, stacks, samples, values });
  }

  /** Lines that were met before: where the last of them ends. -1 where the line has to be read. */
  #knownLines(start: number): number {
    if (this.#unsure) return NONE;
    const next = this.#stack.take(start);
    if (next === start) return NONE;
    this.#feed.lineNumber += this.#stack.taken - 1;
    return next - 1;
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    const first = start === end ? NONE : bytes[start];
    if (this.#unsure && first !== TAB) this.#decide(first === NONE && this.#bareHeaders > 0);
    if (first === TAB) {
      this.#stackLine(bytes, start, end);
    } else if (first === NONE) {
      this.#stack.endByBlank();
    } else if (first === SPACE) {
      this.#indentedLine(bytes, start, end);
    } else if (first === HASH && (end - start === 1 || bytes[start + 1] === SPACE)) {
      readCommentLine(utf8(bytes, start, end), this.#comments);
    } else if (!this.#headerLine(bytes, start, end) && !this.#bareLine(bytes, start, end)) {
      this.#await(bytes, start, end);
    }
  }

  /**
   * A line that starts with a blank: a source line (two blanks), a place in a stack, or a header whose name is
   * right-aligned.
   */
  #indentedLine(bytes: Uint8Array, start: number, end: number): void {
    const at = skipBlanks(bytes, start, end);
    const last = trimEnd(bytes, at, end);
    const awaitsStack = this.#stack.isOpen && !this.#stack.isSingle;
    if (at === last) {
      this.#stack.endSample();
    } else if (awaitsStack && this.#stack.depth > 0 && at - start === 2) {
      this.#sourceLine(bytes, at, last);
    } else if (awaitsStack && bytes[last - 1] === CLOSE && isHexToken(bytes, at, last)) {
      this.#stackLine(bytes, at, last);
    } else if (!this.#headerLine(bytes, start, end) && !this.#bareLine(bytes, start, end)) {
      if (this.#stack.isSingle) {
        // What is indented otherwise is the beginning of a name with a line end in it.
        if (at - start === 2) this.#sourceLine(bytes, at, last);
        else this.#skip(bytes, start, end);
        return;
      }
      if (!this.#hasHeaders && !isHexToken(bytes, at, last)) {
        this.#await(bytes, start, end);
        return;
      }
      this.#stackLine(bytes, at, last);
      // Without headers and without call chains, every line is a sample.
      if (!this.#hasHeaders) this.#stack.endSample();
    }
  }

  #stackLine(bytes: Uint8Array, start: number, end: number): void {
    const at = skipBlanks(bytes, start, end);
    if (!this.#stack.isOpen && this.#hasHeaders) {
      this.#noStackLine(bytes, at, end);
      return;
    }
    const entry = this.#placeAt(bytes, at, end);
    if (this.#unsure) this.#decide(entry !== NONE);
    if (entry === NONE) {
      this.#noStackLine(bytes, at, end);
      return;
    }
    if (!this.#stack.isOpen) this.#stack.openSample(NONE, this.#eventOf(bytes, 0, 0), Number.NaN, Number.NaN);
    // What stands on the header of a sample that has a call chain is the address of data (`-F +addr`).
    else if (this.#stack.isSingle) this.#stack.dropSingle();
    this.#stack.push(entry);
  }

  #placeAt(bytes: Uint8Array, start: number, end: number): EntryIndex {
    return this.#stack.entryOf(bytes, start, end, () => {
      const place = this.#places.read(bytes, start, end);
      return place ? this.#frames.add(place) : NONE;
    });
  }

  /** Registers stand below a whole stack, and no blank line does then. */
  #noStackLine(bytes: Uint8Array, start: number, end: number): void {
    const text = utf8(bytes, start, Math.min(start + 16, end));
    if (!EXTRA_LINE.test(text)) this.#skip(bytes, start, end);
    else if (text.startsWith('ABI:') && this.#stack.isOpen) this.#stack.endSample();
  }

  /**
   * `file.c:12`, `file.c:12 (inlined)`, or what perf prints where it knows no line: `module[4005d0]`, `symbol+1f`,
   * `??:0`.
   */
  #sourceLine(bytes: Uint8Array, start: number, end: number): void {
    if (this.#stack.depth === 0) return;
    const text = utf8(bytes, start, end);
    const match = /^([^?].*?):(\d{1,9})(?: \(discriminator \d{1,9}\))?(?: \(inlined\))?$/.exec(text);
    let entry = this.#stack.last;
    if (match) entry = this.#frames.atSource(entry, match[1], Number(match[2]));
    if (text.endsWith(' (inlined)')) entry = this.#frames.asInlined(entry);
    this.#stack.dropLast();
    this.#stack.push(entry);
  }

  /** False where the line starts neither a sample nor a record. */
  #headerLine(bytes: Uint8Array, start: number, end: number): boolean {
    const header = this.#header;
    if (!readHeaderLine(bytes, start, end, header)) return false;
    if (this.#bareHeaders > (header.certain ? SURE_BARE_HEADERS : 0)) return false;
    this.#stack.endSample();
    const columns = header.eventEnd > header.eventStart ? header.eventStart : header.rest;
    if (bytes[columns] === LETTER_P && utf8(bytes, columns, Math.min(columns + RECORD.length, header.end)) === RECORD) {
      readRecordLine(utf8(bytes, columns, header.end), this.#records);
      return true;
    }
    this.#hasHeaders = true;
    const event = this.#eventOf(bytes, header.eventStart, header.eventEnd);
    const thread = this.#threadOf(bytes);
    this.#stack.learnHeader(bytes, start, end, header, thread, event);
    this.#stack.openSample(thread, event, header.timeNs, header.period);
    if (header.rest < header.end) {
      let entry = this.#headerPlaces.entryOf(bytes, header.rest, header.end);
      // Where no event is printed, nothing else than a place can be there.
      if (entry === NONE && header.eventEnd === header.eventStart) {
        entry = this.#placeAt(bytes, header.rest, header.end);
      }
      if (entry !== NONE) {
        this.#stack.setSingle();
        this.#stack.push(entry);
      }
    }
    return true;
  }

  /** A sample in one line, without an event: `comm 55d97e7a116e leaf`. False where the line is none. */
  #bareLine(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.#hasHeaders) return false;
    const header = this.#header;
    readBareHeader(bytes, start, end, header);
    // Of a place alone there is no telling whether it starts a sample.
    const entry = header.rest > skipBlanks(bytes, start, end) ? this.#placeAt(bytes, header.rest, header.end) : NONE;
    if (entry === NONE) return false;
    this.#openBare(bytes);
    this.#stack.setSingle();
    this.#stack.push(entry);
    return true;
  }

  /** Keeps a line that may start a sample, or leaves it out. */
  #await(bytes: Uint8Array, start: number, end: number): void {
    if (this.#hasHeaders) this.#skip(bytes, start, end);
    else this.#unsure = { bytes: bytes.slice(start, end), number: this.#feed.lineNumber };
  }

  /** Says of the line that was kept whether it starts a sample. */
  #decide(isHeader: boolean): void {
    const { bytes, number } = this.#unsure!;
    this.#unsure = undefined;
    if (!isHeader) {
      this.#skip(bytes, 0, bytes.length, number);
      return;
    }
    readBareHeader(bytes, 0, bytes.length, this.#header);
    this.#openBare(bytes);
  }

  #openBare(bytes: Uint8Array): void {
    const { commStart, threadEnd, timeNs, period } = this.#header;
    const thread = threadEnd > commStart ? this.#threadOf(bytes) : NONE;
    this.#bareHeaders++;
    this.#stack.endSample();
    this.#stack.openSample(thread, this.#eventOf(bytes, 0, 0), timeNs, period);
  }

  #threadOf(bytes: Uint8Array): ThreadIndex {
    const { commStart, commEnd, threadEnd, pid, tid } = this.#header;
    const name = this.#threadNames.intern(bytes, commStart, threadEnd);
    if (name === this.#threadOfName.length) {
      const process = pid === NONE ? (this.#records.pidOfTid.get(tid) ?? NONE) : pid;
      this.#threadOfName.push(this.#builder.thread(process, tid, utf8(bytes, commStart, commEnd)));
    }
    return this.#threadOfName.at(name);
  }

  /** Twice the event's number, and one where its samples don't count. */
  #eventOf(bytes: Uint8Array, start: number, end: number): number {
    const event = this.#eventNames.intern(bytes, start, end);
    if (event === this.#events.length) this.#events.push(utf8(bytes, start, end));
    // Placeholder events carry the side-band; they measure nothing.
    return event * 2 + (DUMMY_EVENT.test(this.#events[event]) ? 1 : 0);
  }

  #skip(bytes: Uint8Array, start: number, end: number, lineNumber = this.#feed.lineNumber): void {
    if (this.#notUnderstood++ > 0) return;
    const text = utf8(bytes, start, Math.min(end, start + 80)).trim();
    this.#firstNotUnderstood = `line ${lineNumber}, ${JSON.stringify(text)}`;
  }

  /**
   * Reads a last line that no line end follows. Whether the text is, or may be, only a part: then what is certain of its last sample stays.
   */
  #finishLastLine(): boolean {
    const before = this.#notUnderstood;
    const isUnended = this.#feed.finish();
    if (this.#unsure) {
      // A sample whose stack, at least, is missing, where others start so.
      if (this.#bareHeaders === 0) this.#decide(false);
      return true;
    }
    // perf ends every line.
    if (!this.#stack.isOpen) return isUnended;
    // A blank line follows a stack, and a header that may have one, where any does.
    if (!isUnended) return !this.#stack.isSingle && (this.#stack.depth > 0 || this.#stack.endsWithBlanks);
    if (this.#notUnderstood > before) {
      this.#notUnderstood = before;
      return true;
    }
    if (this.#stack.depth === 0) {
      // A header whose stack, at least, is missing.
      this.#stack.dropSample();
      return true;
    }
    if (!this.#frames.isWhole(this.#stack.last)) {
      this.#stack.dropLast();
      return true;
    }
    return true;
  }

  #warnings(isCut: boolean, withoutPeriod: number): string[] {
    const warnings: string[] = [];
    if (this.sampleCount === 0) warnings.push('There are no samples in it.');
    if (isCut)
      warnings.push(
        'The text ends in the middle of a sample or of a line: the last stack may lack its outermost callers.',
      );
    if (this.#notUnderstood > 0) {
      warnings.push(
        `Lines left out, not understood: ${this.#notUnderstood}. The first is ${this.#firstNotUnderstood}.`,
      );
    }
    if (this.#feed.overlong > 0) warnings.push(`Lines left out, longer than 1 MB: ${this.#feed.overlong}.`);
    if (withoutPeriod > 0) {
      warnings.push(
        `Samples without a period: ${withoutPeriod}. \`perf script -F +period\` prints what each stands for.`,
      );
    }
    return warnings;
  }
}

function isHexToken(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && ((bytes[at] >= 0x30 && bytes[at] <= 0x39) || (bytes[at] >= 0x61 && bytes[at] <= 0x66))) at++;
  return at > start && at - start <= 16 && (at === end || bytes[at] === SPACE || bytes[at] === TAB);
}

const LONGEST_LINE = 1 << 20;
/** About: of its three to five lines, some are new to the tree. */
const BYTES_A_STACK = 256;
const MOST_EXPECTED_STACKS = 1 << 20;
const RECORD = 'PERF_RECORD_';
/** So many headers without an event, and the text has no others: names of threads may look like such. */
const SURE_BARE_HEADERS = 2;
const DUMMY_EVENT = /^dummy(:|$)/;
/** Registers, branches, instructions, code and raw bytes, which -F can add below a stack; namespaces, below the record of theirs. */
const EXTRA_LINE = /^(\[?\d\/[a-z]+: |0x|ABI:|\||insn|ilen|\.\.\.|BPF |[0-9a-f]+:|[0-9a-f]+\s+(insn|ilen))/;
const TAB = 0x09;
const SPACE = 0x20;
const HASH = 0x23;
const CLOSE = 0x29;
const LETTER_P = 0x50;
