/** Goes through the fields of a protobuf message in `bytes`. Throws ProtoBroken where it isn't one. (protobuf.dev/programming-guides/encoding) */
export class ProtoFields {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #at: number;
  /** Number of the current field. */
  field = 0;
  #wireType = 0;
  #low = 0;
  #high = 0;
  #start = 0;
  #length = 0;

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  /** Goes to the next field; false at the message's end. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    this.#varint();
    this.field = Math.floor((this.#high * 2 ** 32 + this.#low) / 8);
    this.#wireType = this.#low & 7;
    if (this.#wireType === 0) {
      this.#varint();
    } else if (this.#wireType === 2) {
      this.#varint();
      this.#take(this.#high * 2 ** 32 + this.#low);
    } else if (this.#wireType === 1 || this.#wireType === 5) {
      this.#take(this.#wireType === 1 ? 8 : 4);
    } else {
      throw new ProtoBroken(`a field of unknown wire type ${this.#wireType}`);
    }
    return true;
  }

  /** The field's number: as near as a double can be. 0 where it is of another type. */
  get number(): number {
    return this.#wireType === 0 ? this.#high * 2 ** 32 + this.#low : 0;
  }

  get wide(): bigint {
    return this.#wireType === 0 ? (BigInt(this.#high) << 32n) | BigInt(this.#low) : 0n;
  }

  /** The field's number as int32, which is written as 64 bits where it is negative. */
  get int32(): number {
    return this.#wireType === 0 ? this.#low | 0 : 0;
  }

  /** The field's bytes, from `start` to `end`; none where it is of another type. */
  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#wireType === 2 ? this.#start + this.#length : this.#start;
  }

  /** The message that the field is. */
  message(): ProtoFields {
    return new ProtoFields(this.#bytes, this.start, this.end);
  }

  #take(length: number): void {
    if (length > this.#end - this.#at) throw new ProtoBroken('a field that is longer than its message');
    this.#start = this.#at;
    this.#length = length;
    this.#at += length;
  }

  #varint(): void {
    let [low, high] = [0, 0];
    for (let shift = 0; ; shift += 7) {
      if (this.#at >= this.#end || shift > 63) throw new ProtoBroken('a number that does not end');
      const byte = this.#bytes[this.#at++];
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (shift - 32);
      if (byte < 0x80) break;
    }
    this.#low = low >>> 0;
    this.#high = high >>> 0;
  }
}

export class ProtoBroken extends Error {}
