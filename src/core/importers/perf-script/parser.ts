import { ProfileBuilder } from '../../profile/builder.ts';
import { Int32Column } from '../../profile/column.ts';
import { NONE, type Profile, type ThreadIndex } from '../../profile/profile.ts';
import { MalformedInput } from '../importer.ts';
import { ByteInterner } from '../reading/byte-interner.ts';
import { LineFeed } from '../reading/line-feed.ts';
import { perfMisleads } from '../reading/perf-meaning.ts';
import { utf8 } from '../reading/utf8.ts';
import { newCommentFacts, readCommentLine } from './comment-line.ts';
import { newHeaderLine, readHeaderLine, skipBlanks, trimEnd } from './header-line.ts';
import { PERF_SCRIPT, type PerfScriptOptions } from './options.ts';
import { PlaceLines } from './place-lines.ts';
import { newRecordFacts, readRecordLine } from './record-line.ts';
import { SampleRows } from './sample-rows.ts';
import { SampleStack } from './sample-stack.ts';
import { StackFrames } from './stack-frames.ts';
import { readHeaderPlace, readStackLine } from './stack-line.ts';

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
    (bytes, start) => this.#knownPlace(bytes, start),
  );
  readonly #rows = new SampleRows();
  readonly #comments = newCommentFacts();
  readonly #records = newRecordFacts();
  readonly #header = newHeaderLine();
  readonly #stackPlaces: PlaceLines;
  readonly #headerPlaces: PlaceLines;
  readonly #threadNames = new ByteInterner();
  readonly #threadOfName = new Int32Column();
  readonly #eventNames = new ByteInterner();
  readonly #events: string[] = [];
  #hasHeaders = false;
  /** The sample whose lines are being read. */
  #isOpen = false;
  /** Whether a blank line ended any sample. */
  #endsWithBlanks = false;
  /** Its one place is on the header line. */
  #isSingle = false;
  #thread: ThreadIndex = NONE;
  #event = NONE;
  #timeNs = Number.NaN;
  #period = Number.NaN;
  readonly #stack = new SampleStack();
  #notUnderstood = 0;
  #firstNotUnderstood = '';

  constructor(options: PerfScriptOptions = {}) {
    this.#builder.reserveStacks(Math.min(MOST_EXPECTED_STACKS, Math.ceil((options.size ?? 0) / BYTES_A_STACK)));
    this.#frames = new StackFrames(this.#builder, options, this.#records.buildIds);
    this.#stackPlaces = new PlaceLines(this.#frames, readStackLine);
    this.#headerPlaces = new PlaceLines(this.#frames, readHeaderPlace);
  }

  /** Samples so far. */
  get sampleCount(): number {
    return this.#rows.length;
  }

  write(bytes: Uint8Array): void {
    this.#stack.forgetText();
    this.#feed.write(bytes);
  }

  /** The profile of all that was written. Throws MalformedInput where nothing in it was understood. */
  finish(): Profile {
    const isCut = this.#finishLastLine();
    this.#endSample();
    if (this.sampleCount === 0 && this.#notUnderstood > 0) {
      throw new MalformedInput(PERF_SCRIPT, `there are no samples; ${this.#firstNotUnderstood} isn't understood`);
    }
    const { startTimeNs, durationNs, defaultValue, withoutPeriod } = this.#rows.finish(this.#builder, this.#events);
    const { hostname, architecture, perfVersion, commandLine, requestedHz } = this.#comments;
    const producer = perfVersion === '' ? 'perf' : `perf ${perfVersion}`;
    const profile = this.#builder.finish({
      origin: { format: PERF_SCRIPT, producer, commandLine, hostname, architecture, startTimeNs, durationNs },
      quality: {
        lostSamples: this.#records.lostSamples,
        throttled: this.#records.throttled,
        requestedHz,
        warnings: this.#warnings(isCut, withoutPeriod),
      },
      defaultValue,
    });
    const origin = { ...profile.origin, mayMislead: perfMisleads(profile.values) };
    return this.#frames.finish({ ...profile, origin });
  }

  /** A line of a stack that was met before, and those that followed it then: where the last of them ends. -1 where it has to be read. */
  #knownPlace(bytes: Uint8Array, start: number): number {
    if (bytes[start] !== TAB || !this.#isOpen) return NONE;
    const entry = this.#stackPlaces.knownAt(bytes, skipBlanks(bytes, start, bytes.length));
    if (entry === NONE) return NONE;
    this.#stack.pushLine(entry, bytes, start, this.#stackPlaces.end + 1);
    this.#feed.lineNumber += this.#stack.repeat();
    return this.#stack.next - 1;
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    const first = start === end ? NONE : bytes[start];
    if (first === TAB) {
      this.#stackLine(bytes, start, end);
    } else if (first === NONE) {
      this.#endsWithBlanks ||= this.#isOpen;
      this.#endSample();
    } else if (first === SPACE) {
      this.#indentedLine(bytes, start, end);
    } else if (first === HASH && (end - start === 1 || bytes[start + 1] === SPACE)) {
      readCommentLine(utf8(bytes, start, end), this.#comments);
    } else if (!this.#headerLine(bytes, start, end)) {
      this.#skip(bytes, start, end);
    }
  }

  /**
   * A line that starts with a blank: a source line (two blanks), a place in a stack, or a header whose name is
   * right-aligned.
   */
  #indentedLine(bytes: Uint8Array, start: number, end: number): void {
    const at = skipBlanks(bytes, start, end);
    const last = trimEnd(bytes, at, end);
    const awaitsStack = this.#isOpen && !this.#isSingle;
    if (at === last) {
      this.#endSample();
    } else if (awaitsStack && this.#stack.depth > 0 && at - start === 2) {
      this.#sourceLine(bytes, at, last);
    } else if (awaitsStack && bytes[last - 1] === CLOSE && isHexToken(bytes, at, last)) {
      this.#stackLine(bytes, at, last);
    } else if (!this.#headerLine(bytes, start, end)) {
      if (this.#isSingle) {
        this.#sourceLine(bytes, at, last);
        return;
      }
      this.#stackLine(bytes, at, last);
      // Without headers and without call chains, every line is a sample.
      if (!this.#hasHeaders) this.#endSample();
    }
  }

  #stackLine(bytes: Uint8Array, start: number, end: number): void {
    if (!this.#isOpen && this.#hasHeaders) {
      this.#skip(bytes, start, end);
      return;
    }
    const at = skipBlanks(bytes, start, end);
    const entry = this.#stackPlaces.entryOf(bytes, at, end);
    if (entry === NONE) {
      if (!EXTRA_LINE.test(utf8(bytes, at, Math.min(at + 16, end)))) this.#skip(bytes, start, end);
      return;
    }
    if (!this.#isOpen) this.#openSample(NONE, this.#eventOf(bytes, 0, 0), Number.NaN, Number.NaN);
    if (bytes[start] === TAB && bytes[end] === LINE_END) this.#stack.pushLine(entry, bytes, start, end + 1);
    else this.#stack.push(entry);
  }

  /**
   * `file.c:12`, `file.c:12 (inlined)`, or what perf prints where it knows no line: `module[4005d0]`, `symbol+1f`,
   * `??:0`.
   */
  #sourceLine(bytes: Uint8Array, start: number, end: number): void {
    if (this.#stack.depth === 0) return;
    const text = utf8(bytes, start, end);
    const match = /^([^?].*?):(\d{1,9})(?: \(discriminator \d{1,9}\))?(?: \(inlined\))?$/.exec(text);
    let entry = this.#stack.entries[this.#stack.depth - 1];
    if (match) entry = this.#frames.atSource(entry, match[1], Number(match[2]));
    if (text.endsWith(' (inlined)')) entry = this.#frames.asInlined(entry);
    this.#stack.replaceLast(entry);
  }

  /** False where the line starts neither a sample nor a record. */
  #headerLine(bytes: Uint8Array, start: number, end: number): boolean {
    const header = this.#header;
    if (!readHeaderLine(bytes, start, end, header)) return false;
    this.#endSample();
    const columns = header.eventEnd > header.eventStart ? header.eventStart : header.rest;
    if (bytes[columns] === LETTER_P && utf8(bytes, columns, Math.min(columns + RECORD.length, header.end)) === RECORD) {
      readRecordLine(utf8(bytes, columns, header.end), this.#records);
      return true;
    }
    this.#hasHeaders = true;
    const event = this.#eventOf(bytes, header.eventStart, header.eventEnd);
    this.#openSample(this.#threadOf(bytes), event, header.timeNs, header.period);
    if (header.rest < header.end) {
      const entry = this.#headerPlaces.entryOf(bytes, header.rest, header.end);
      if (entry !== NONE) {
        this.#isSingle = true;
        this.#stack.push(entry);
      }
    }
    return true;
  }

  #openSample(thread: ThreadIndex, event: number, timeNs: number, period: number): void {
    this.#isOpen = true;
    this.#isSingle = false;
    this.#thread = thread;
    this.#event = event;
    this.#timeNs = timeNs;
    this.#period = period;
    this.#stack.begin();
  }

  #endSample(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    // Placeholder events carry the side-band; they measure nothing.
    if (DUMMY_EVENT.test(this.#events[this.#event])) return;
    const stack = this.#frames.stackOf(this.#stack.entries, this.#stack.depth);
    this.#rows.add(stack, this.#thread, this.#event, this.#timeNs, this.#period);
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

  #eventOf(bytes: Uint8Array, start: number, end: number): number {
    const event = this.#eventNames.intern(bytes, start, end);
    if (event === this.#events.length) this.#events.push(utf8(bytes, start, end));
    return event;
  }

  #skip(bytes: Uint8Array, start: number, end: number): void {
    if (this.#notUnderstood++ > 0) return;
    const text = utf8(bytes, start, Math.min(end, start + 80)).trim();
    this.#firstNotUnderstood = `line ${this.#feed.lineNumber}, ${JSON.stringify(text)}`;
  }

  /**
   * Reads a last line that no line end follows. Whether the text is, or may be, only a part: then what is certain of its last sample stays.
   */
  #finishLastLine(): boolean {
    const before = this.#notUnderstood;
    const isUnended = this.#feed.finish();
    // perf ends every line.
    if (!this.#isOpen) return isUnended;
    // A blank line follows a stack, and a header that may have one, where any does.
    if (!isUnended) return !this.#isSingle && (this.#stack.depth > 0 || this.#endsWithBlanks);
    if (this.#notUnderstood > before) {
      this.#notUnderstood = before;
      return true;
    }
    if (this.#stack.depth === 0) {
      // A header whose stack, at least, is missing.
      this.#isOpen = false;
      return true;
    }
    if (!this.#frames.isWhole(this.#stack.entries[this.#stack.depth - 1])) {
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
  return at > start && at - start <= 16 && (bytes[at] === SPACE || bytes[at] === TAB);
}

const LONGEST_LINE = 1 << 20;
/** About: of its three to five lines, some are new to the tree. */
const BYTES_A_STACK = 256;
const MOST_EXPECTED_STACKS = 1 << 20;
const RECORD = 'PERF_RECORD_';
const DUMMY_EVENT = /^dummy(:|$)/;
/** Registers, branches, instructions, code and raw bytes, which -F can add below a stack. */
const EXTRA_LINE = /^(0x|ABI:|\||insn|ilen|\.\.\.|BPF |[0-9a-f]+:|[0-9a-f]+\s+(insn|ilen))/;
const LINE_END = 0x0a;
const TAB = 0x09;
const SPACE = 0x20;
const HASH = 0x23;
const CLOSE = 0x29;
const LETTER_P = 0x50;
