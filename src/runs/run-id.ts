import { randomInt } from 'node:crypto';

/**
 * A new id: the time in UTC to the millisecond, then six random letters and digits: `20260131-142305-123-k7f2qx`. Ids sort by time
 * as text. Two made in the same millisecond differ by the random part; the store makes the folder exclusively to be sure.
 */
export function newRunId(now: Date): string {
  const digits = now.toISOString().replace(/\D/g, '');
  let random = '';
  for (let i = 0; i < 6; i++) random += ALPHABET[randomInt(ALPHABET.length)];
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}-${random}`;
}

/** Whether a name is an id, and so safe as the name of a folder. */
export function isRunId(name: string): boolean {
  return /^\d{8}-\d{6}-\d{3}-[a-z0-9]{6}$/.test(name);
}

/** Without letters that look like digits. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
