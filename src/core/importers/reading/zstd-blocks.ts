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

  /** `take` gets each block's content: at most 128 KiB, valid only during the call. */
  constructor(take: (content: Uint8Array) => void) {
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
    while (at < bytes.length) {
      if (this.#state === 'body') {
        const taken = Math.min(this.#left, bytes.length - at);
        at += taken;
        this.#left -= taken;
        if (this.#left === 0) {
          this.#state = this.#last ? 'frame' : 'block';
          break;
        }
      } else {
        this.#header[this.#have++] = bytes[at++];
        this.#advance();
      }
    }
    try {
      this.#stream.push(bytes.slice(start, at));
    } catch (error) {
      throw new Error(error instanceof Error ? error.message : String(error));
    }
    return at;
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

  #advance(): void {
    const header = this.#header;
    if (this.#state === 'block') {
      if (this.#have < 3) return;
      const word = header[0] | (header[1] << 8) | (header[2] << 16);
      const [type, size] = [(word >> 1) & 3, word >> 3];
      if (size > MOST_BLOCK_BYTES) throw new Error(`a block of ${size} bytes, where ${MOST_BLOCK_BYTES} is the most`);
      // The whole window is moved for each block.
      this.#moved += this.#windowBytes;
      if (this.#moved > HARMLESS_MOVED_BYTES + MOST_MOVED_SHARE * this.#given) {
        throw new Error('its blocks are far too small for its window');
      }
      this.#last = (word & 1) === 1;
      this.#startBody((type === 1 ? 1 : size) + (this.#last && this.#checksum ? 4 : 0));
      return;
    }
    if (this.#have < 4) return;
    const magic = (header[0] | (header[1] << 8) | (header[2] << 16) | (header[3] << 24)) >>> 0;
    if (magic >>> 4 === 0x184d2a5) {
      if (this.#have < 8) return;
      this.#last = true;
      this.#startBody((header[4] | (header[5] << 8) | (header[6] << 16) | (header[7] << 24)) >>> 0);
      return;
    }
    if (magic !== 0xfd2fb528) throw new Error('a frame that does not start with the Zstandard magic number');
    if (this.#have < 5) return;
    const descriptor = header[4];
    const single = (descriptor >> 5) & 1;
    const sizeBytes = [single, 2, 4, 8][descriptor >> 6];
    const length = 5 + (1 - single) + [0, 1, 2, 4][descriptor & 3] + sizeBytes;
    if (this.#have < length) return;
    this.#windowBytes = windowBytes(header, single === 1, length, sizeBytes);
    if (this.#windowBytes > MOST_WINDOW_BYTES) {
      throw new Error(`a window of more than ${MOST_WINDOW_BYTES} bytes`);
    }
    this.#checksum = (descriptor & 4) !== 0;
    this.#state = 'block';
    this.#have = 0;
  }

  #startBody(length: number): void {
    this.#left = length;
    this.#have = 0;
    this.#state = length > 0 ? 'body' : this.#last ? 'frame' : 'block';
  }
}

const MOST_HEADER_BYTES = 18;
/** RFC 8878, Block_Maximum_Size. */
const MOST_BLOCK_BYTES = 128 * 1024;
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
