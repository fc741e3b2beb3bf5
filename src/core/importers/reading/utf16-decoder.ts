/** Turns UTF-16 that comes in pieces, cut anywhere, into UTF-8. Half of a pair of surrogates becomes U+FFFD. */
export class Utf16Decoder {
  readonly #isLittle: boolean;
  /** First byte of a unit whose second is yet to come, or -1. */
  #half = -1;
  /** First unit of a pair whose second is yet to come, or 0. */
  #high = 0;

  constructor(isLittle: boolean) {
    this.#isLittle = isLittle;
  }

  decode(bytes: Uint8Array): Uint8Array {
    // A unit gives at most three bytes, and one that was held back may come out first.
    const out = new Uint8Array(((bytes.length + 1) >> 1) * 3 + 3);
    let length = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (this.#half === -1) {
        this.#half = bytes[at];
        continue;
      }
      const unit = this.#isLittle ? this.#half | (bytes[at] << 8) : (this.#half << 8) | bytes[at];
      this.#half = -1;
      const isLow = unit >= 0xdc00 && unit <= 0xdfff;
      if (this.#high !== 0) {
        const point = isLow ? 0x10000 + ((this.#high - 0xd800) << 10) + (unit - 0xdc00) : REPLACEMENT;
        length = put(out, length, point);
        this.#high = 0;
        if (isLow) continue;
      }
      if (unit >= 0xd800 && unit <= 0xdbff) this.#high = unit;
      else length = put(out, length, isLow ? REPLACEMENT : unit);
    }
    return out.subarray(0, length);
  }

  /** What is left where the text ends in the middle of a character. */
  finish(): Uint8Array {
    const isCut = this.#half !== -1 || this.#high !== 0;
    const out = new Uint8Array(3);
    return out.subarray(0, isCut ? put(out, 0, REPLACEMENT) : 0);
  }
}

const REPLACEMENT = 0xfffd;

function put(out: Uint8Array, at: number, point: number): number {
  if (point < 0x80) {
    out[at] = point;
    return at + 1;
  }
  if (point < 0x800) {
    out[at] = 0xc0 | (point >> 6);
    out[at + 1] = 0x80 | (point & 0x3f);
    return at + 2;
  }
  let next = at;
  if (point >= 0x10000) {
    out[next++] = 0xf0 | (point >> 18);
    out[next++] = 0x80 | ((point >> 12) & 0x3f);
  } else {
    out[next++] = 0xe0 | (point >> 12);
  }
  out[next++] = 0x80 | ((point >> 6) & 0x3f);
  out[next++] = 0x80 | (point & 0x3f);
  return next;
}
