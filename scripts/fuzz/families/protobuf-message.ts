import { joinBytes } from '../join-bytes.ts';

/** Which fields of a message are messages, or numbers packed into one field. All others with a length are bytes. */
export interface Schema {
  readonly [field: number]: Schema | 'packed';
}

export interface Field {
  readonly number: number;
  /** What the field holds. Numbers of fixed size are bytes. */
  readonly content: bigint | Uint8Array | { readonly packed: readonly bigint[] } | Message;
  /** The kind that is written, where it isn't the content's own. */
  readonly wire?: number;
  /** The length that is written, where it isn't the content's own. */
  readonly claimedLength?: number;
  /** Bytes by which a number, or the length, is longer than it need be. */
  readonly padding?: number;
}

export type Message = Field[];

/** Takes a message apart; undefined where the bytes are none. */
export function readMessage(bytes: Uint8Array, schema: Schema): Message | undefined {
  const message: Message = [];
  let at = 0;
  const varint = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n && at < bytes.length; shift += 7n) {
      const byte = bytes[at++];
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined || tag > 0xffffffffn || tag < 8n) return undefined;
    const [number, wire] = [Number(tag >> 3n), Number(tag & 7n)];
    if (wire === 0) {
      const content = varint();
      if (content === undefined) return undefined;
      message.push({ number, content });
      continue;
    }
    const length = wire === 2 ? Number(varint() ?? -1n) : wire === 1 ? 8 : wire === 5 ? 4 : -1;
    if (length < 0 || at + length > bytes.length) return undefined;
    const content = bytes.subarray(at, at + length);
    at += length;
    const kind = wire === 2 ? schema[number] : undefined;
    const inner =
      kind === undefined ? undefined : kind === 'packed' ? packedNumbers(content) : readMessage(content, kind);
    message.push({ number, content: inner ?? content, ...(wire === 2 ? {} : { wire }) });
  }
  return message;
}

function packedNumbers(bytes: Uint8Array): { packed: bigint[] } {
  const packed: bigint[] = [];
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 0x7f) << shift;
    shift += 7n;
    if (byte >= 0x80) continue;
    packed.push(value);
    [value, shift] = [0n, 0n];
  }
  return { packed };
}

export function messageBytes(message: Message): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { number, content, wire, claimedLength, padding = 0 } of message) {
    if (typeof content === 'bigint') {
      parts.push(varintBytes(BigInt(number * 8 + (wire ?? 0))), varintBytes(content, padding));
      continue;
    }
    const bytes =
      content instanceof Uint8Array
        ? content
        : Array.isArray(content)
          ? messageBytes(content)
          : joinBytes(content.packed.map((value) => varintBytes(value)));
    parts.push(varintBytes(BigInt(number * 8 + (wire ?? 2))));
    if (wire === undefined || wire === 2) parts.push(varintBytes(BigInt(claimedLength ?? bytes.length), padding));
    parts.push(bytes);
  }
  return joinBytes(parts);
}

/** A number in groups of seven bits, the lowest first; `padding` adds groups of zero. */
export function varintBytes(value: bigint, padding = 0): Uint8Array {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(left & 0x7fn) | 0x80);
    left >>= 7n;
  } while (left > 0n);
  for (let extra = 0; extra < padding; extra++) bytes.push(0x80);
  bytes[bytes.length - 1] &= 0x7f;
  return Uint8Array.from(bytes);
}
