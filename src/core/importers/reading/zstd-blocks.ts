import { Decompress } from 'fzstd';

/**
 * Inflates a Zstandard stream that arrives in pieces, one block at a time, so that what comes out at once is bounded: `perf record -z`
 * compresses a whole recording as one stream, cut anywhere into records. Format: RFC 8878.
 */
export class ZstdBlocks {
  readonly #stream: Decompress;
  readonly #header = new Uint8Array(MOST_HEADER_BYTES);
  /** What the next bytes of the stream are. */
  #state: 'frame' | 'block' | 'body' = 'frame';
  /** Bytes of that which have come; of a body, bytes still to come. */
  #have = 0;
  #left = 0;
  #checksum = false;
  #last = false;
  #windowBytes = 0;
  /** Bytes that were moved, and that came out. */
  #moved = 0;
  #given = 0;
  /** What can come out of the stream at most, in bytes. */
  readonly #mostContent: number;

  /**
   * `take` gets each block's content: at most 128 KiB, valid only during the call. `size` is how long the stream is, where that is known:
   * then no more memory is taken for what the stream refers back to than can come out of it.
   */
  constructor(take: (content: Uint8Array) => void, size = Number.POSITIVE_INFINITY) {
    this.#mostContent = Math.ceil(size / LEAST_BLOCK_BYTES) * MOST_BLOCK_BYTES;
    this.#stream = new Decompress((content) => {
      this.#given += content.length;
      if (content.length > 0) take(content);
    });
  }

  /**
   * Takes bytes from `start` up to the end of a block, or all of them where none ends, and gives where it stopped. Throws an Error that
   * says what is wrong where the stream is broken.
   */
  push(bytes: Uint8Array, start: number): number {
    let at = start;
    // A frame's head goes on when it is whole, for it may be changed.
    let passed = start;
    while (at < bytes.length) {
      if (this.#state === 'frame') {
        this.#header[this.#have++] = bytes[at++];
        const head = this.#frameHead();
        if (head) this.#pass(head);
        passed = at;
      } else if (this.#state === 'body') {
        const taken = Math.min(this.#left, bytes.length - at);
        at += taken;
        this.#left -= taken;
        if (this.#left === 0) {
          this.#state = this.#last ? 'frame' : 'block';
          break;
        }
      } else {
        this.#header[this.#have++] = bytes[at++];
        if (this.#have === BLOCK_HEAD_BYTES) this.#startBlock();
      }
    }
    this.#pass(bytes.slice(passed, at));
    return at;
  }

  #pass(bytes: Uint8Array): void {
    try {
      this.#stream.push(bytes);
    } catch (error) {
      throw new Error(error instanceof Error ? error.message : String(error));
    }
  }

  /** Whether the stream goes on: within a frame, that is, and not between two. */
  get isInFrame(): boolean {
    return this.#state !== 'frame' || this.#have > 0;
  }

  /** Gives what is still held back at the end of the stream. A frame that has no end is nothing wrong: perf doesn't write one. */
  end(): void {
    try {
      this.#stream.push(new Uint8Array(0), true);
    } catch {}
  }

  #startBlock(): void {
    const [a, b, c] = this.#header;
    const word = a | (b << 8) | (c << 16);
    const [type, size] = [(word >> 1) & 3, word >> 3];
    if (size > MOST_BLOCK_BYTES) throw new Error(`a block of ${size} bytes, where ${MOST_BLOCK_BYTES} is the most`);
    // The whole window is moved for each block.
    this.#moved += this.#windowBytes;
    if (this.#moved > HARMLESS_MOVED_BYTES + MOST_MOVED_SHARE * this.#given) {
      throw new Error('its blocks are far too small for its window');
    }
    this.#last = (word & 1) === 1;
    this.#startBody((type === 1 ? 1 : size) + (this.#last && this.#checksum ? 4 : 0));
  }

  /** The head of the frame that begins, as it is to go on; undefined while it isn't whole. */
  #frameHead(): Uint8Array | undefined {
    const header = this.#header;
    if (this.#have < 4) return undefined;
    const magic = (header[0] | (header[1] << 8) | (header[2] << 16) | (header[3] << 24)) >>> 0;
    if (magic >>> 4 === 0x184d2a5) {
      if (this.#have < 8) return undefined;
      this.#last = true;
      this.#startBody((header[4] | (header[5] << 8) | (header[6] << 16) | (header[7] << 24)) >>> 0);
      return header.slice(0, 8);
    }
    if (magic !== 0xfd2fb528) throw new Error('a frame that does not start with the Zstandard magic number');
    if (this.#have < 5) return undefined;
    const descriptor = header[4];
    const single = (descriptor >> 5) & 1;
    const sizeBytes = [single, 2, 4, 8][descriptor >> 6];
    const length = 5 + (1 - single) + [0, 1, 2, 4][descriptor & 3] + sizeBytes;
    if (this.#have < length) return undefined;
    this.#checksum = (descriptor & 4) !== 0;
    this.#state = 'block';
    this.#have = 0;
    this.#windowBytes = windowBytes(header, single === 1, length, sizeBytes);
    if (this.#windowBytes <= this.#mostContent) return this.#checked(header.slice(0, length));
    // What comes out of so short a stream can't refer further back than this.
    const log = Math.ceil(Math.log2(this.#mostContent));
    this.#windowBytes = 2 ** log;
    const dictionary = header.subarray(6 - single, length - sizeBytes);
    return this.#checked(Uint8Array.of(...header.subarray(0, 4), descriptor & 0x1f, (log - 10) << 3, ...dictionary));
  }

  #checked(head: Uint8Array): Uint8Array {
    if (this.#windowBytes > MOST_WINDOW_BYTES) throw new Error(`a window of more than ${MOST_WINDOW_BYTES} bytes`);
    return head;
  }

  #startBody(length: number): void {
    this.#left = length;
    this.#have = 0;
    this.#state = length > 0 ? 'body' : this.#last ? 'frame' : 'block';
  }
}

const MOST_HEADER_BYTES = 18;
const BLOCK_HEAD_BYTES = 3;
/** RFC 8878, Block_Maximum_Size. */
const MOST_BLOCK_BYTES = 128 * 1024;
/** A head of three bytes, and the one byte that is to be repeated. */
const LEAST_BLOCK_BYTES = 4;
/** What the highest compression level (22) asks for. */
const MOST_WINDOW_BYTES = 2 ** 27;
/** What takes a fraction of a second. */
const HARMLESS_MOVED_BYTES = 2 ** 30;
/** A block of 32 bytes in the window of the lowest levels. What has smaller ones, in larger windows, was made to take time. */
const MOST_MOVED_SHARE = 2 ** 14;

function windowBytes(header: Uint8Array, single: boolean, length: number, sizeBytes: number): number {
  if (!single) {
    const base = 2 ** (10 + (header[5] >> 3));
    return base + (base / 8) * (header[5] & 7);
  }
  let size = 0;
  for (let at = length - 1; at >= length - sizeBytes; at--) size = size * 256 + header[at];
  return sizeBytes === 2 ? size + 256 : size;
}
