import type { Random } from '../random.ts';

/** A text as bytes: mostly UTF-8; now and then with a mark, in UTF-16 of either order, cut, or with something behind it. */
export function encoded(text: string, random: Random): Uint8Array {
  if (random.chance(0.9)) return Buffer.from(text);
  switch (random.below(6)) {
    case 0:
      return Buffer.from(`\ufeff${text}`);
    case 1:
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 2:
      return Buffer.from(random.chance(0.5) ? `\ufeff${text}` : text, 'utf16le').swap16();
    case 3:
      return Buffer.from(text, 'latin1');
    case 4: {
      const bytes = Buffer.from(text);
      return bytes.subarray(0, random.below(bytes.length));
    }
    default:
      return Buffer.from(text + random.pick(['\0', '\n\n\n', '}', ']', ' ', '0', text.slice(0, 512)]));
  }
}
