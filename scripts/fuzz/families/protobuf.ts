import { edgeNumber, edgeText } from '../edges.ts';
import type { Family } from '../family.ts';
import type { Random } from '../random.ts';
import { type Field, type Message, messageBytes, readMessage, type Schema } from './protobuf-message.ts';

/** Messages of protocol buffers: fields that are missing, double, of other kinds and numbers, and lengths that lie. */
export function protobuf(schema: Schema): Family {
  return {
    name: 'messages',
    open(seed) {
      if (readMessage(seed, schema) === undefined) return undefined;
      return (random, edits) => {
        const message = readMessage(seed, schema)!;
        for (let edit = 0; edit < edits; edit++) editMessage(message, random);
        return messageBytes(message);
      };
    },
    parts(seed) {
      const sound = readMessage(seed, schema);
      return (
        sound && {
          count: messagesIn(sound).reduce((sum, { length }) => sum + length, 0),
          without(start, end) {
            const message = readMessage(seed, schema)!;
            let at = 0;
            for (const part of messagesIn(message)) {
              const first = at;
              at += part.length;
              part.splice(Math.max(0, start - first), Math.max(0, Math.min(at, end) - Math.max(first, start)));
            }
            return messageBytes(message);
          },
        }
      );
    },
  };
}

/** Makes one thing wrong somewhere in a message. */
export function editMessage(root: Message, random: Random): void {
  const messages = messagesIn(root);
  // As likely in the whole as in all its parts: there are few of the one and many of the others.
  const message = random.chance(0.3) ? root : random.pick(messages);
  const at = random.below(message.length);
  const field = message[at];
  if (!field) {
    message.push({ number: 1 + random.below(16), content: edgeNumber(random) });
    return;
  }
  const other = random.pick(random.pick(messages));
  switch (random.below(16)) {
    case 0:
    case 1:
      message.splice(at, random.few(16));
      return;
    case 2:
      message.splice(at, 0, ...Array<Field>(random.few(32)).fill(field));
      return;
    case 3:
      message.splice(at, 1);
      message.splice(random.below(message.length + 1), 0, field);
      return;
    case 4:
      message[at] = { ...field, number: random.chance(0.8) ? 1 + random.below(16) : random.below(1 << 28) };
      return;
    case 5:
      message[at] = { ...field, claimedLength: Number(BigInt.asUintN(48, edgeNumber(random))) };
      return;
    case 6:
      message[at] = { ...field, padding: random.below(12) };
      return;
    case 7:
      message[at] = { ...field, wire: random.below(8) };
      return;
    case 8:
      if (other) message[at] = { ...field, content: loose(other.content) };
      return;
    case 9:
      if (other) message.splice(at, 0, { ...other, content: loose(other.content) });
      return;
    default:
      message[at] = { ...field, content: editedContent(field.content, root, random) };
  }
}

/** A message as bytes, so that it can be put anywhere, in itself too. */
function loose(content: Field['content']): Field['content'] {
  return Array.isArray(content) ? messageBytes(content) : content;
}

function editedContent(content: Field['content'], root: Message, random: Random): Field['content'] {
  if (typeof content === 'bigint') return editedNumber(content, root, random);
  if (content instanceof Uint8Array) {
    const text = Buffer.from(edgeText(random));
    return random.chance(0.5) ? text : Buffer.concat([content.subarray(0, random.below(content.length)), text]);
  }
  if ('packed' in content) {
    const packed = content.packed.slice();
    const at = random.below(packed.length);
    if (random.chance(0.3)) packed.splice(at, random.few(8));
    else if (random.next() < 0.4) packed.splice(at, 0, ...packed, ...packed.slice(0, random.below(packed.length)));
    else packed[at] = editedNumber(packed[at] ?? 0n, root, random);
    return { packed };
  }
  return edgeNumber(random);
}

function editedNumber(number: bigint, root: Message, random: Random): bigint {
  if (random.chance(0.3)) return edgeNumber(random);
  if (random.chance(0.5)) return BigInt.asUintN(64, number + BigInt(random.below(5) - 2));
  // An id or an index from elsewhere.
  const other = random.pick(random.pick(messagesIn(root)))?.content;
  return typeof other === 'bigint' ? other : BigInt(random.below(64));
}

function messagesIn(root: Message): Message[] {
  const found = [root];
  for (let at = 0; at < found.length; at++) {
    for (const { content } of found[at]) if (Array.isArray(content)) found.push(content);
  }
  return found;
}
