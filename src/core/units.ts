/** A length of time in nanoseconds. */
export type Nanoseconds = number;
/** A size in bytes. */
export type Bytes = number;
/** A share of a whole, 0 to 1. */
export type Share = number;

/** `1.18 s`, `412 ms`, `31.2 µs`, `5 ns`, `2 min 5 s`: three significant digits, in the unit a person would say. */
export function formatDuration(ns: Nanoseconds): string {
  const size = Math.abs(ns);
  if (!Number.isFinite(ns)) return 'not known';
  if (size >= 120e9) {
    const seconds = Math.round(size / 1e9);
    const sign = ns < 0 ? '−' : '';
    const minutes = Math.round(seconds / 60);
    if (seconds >= 7200) return `${sign}${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    return `${sign}${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  }
  return scaled(ns, 1000, ['ns', 'µs', 'ms', 's']);
}

/** `2.4 MB`, `18.3 kB`, `512 B`: decimal prefixes. */
export function formatBytes(bytes: Bytes): string {
  return scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB']);
}

/** `18.3 k`, `412`, `2.5 M`. */
export function formatCount(count: number): string {
  return scaled(count, 1000, ['', 'k', 'M', 'G', 'T']).trim();
}

/** `1 sample`, `18.3 k samples`: a count of what has a name that takes an s. */
export function formatCounted(count: number, word: string): string {
  return `${formatCount(count)} ${plural(count, word)}`;
}

/** `sample` where there is one of it, or else `samples`. */
export function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

/** `31.2 %`, `100 %`, `<0.1 %`, `0 %`. */
export function formatShare(share: Share): string {
  if (!Number.isFinite(share)) return 'not known';
  const percent = share * 100;
  if (percent === 0) return '0 %';
  if (Math.abs(percent) < 0.1) return percent < 0 ? '>−0.1 %' : '<0.1 %';
  return `${minus(percent.toFixed(Math.abs(percent) >= 99.95 ? 0 : 1))} %`;
}

/** An amount of a value type in its unit: `412 ms`, `2.4 MB`, `18.3 k samples`, `2.5 µs/request`. */
export function formatAmount(amount: number, unit: string, type = ''): string {
  const slash = unit.indexOf('/');
  if (slash > 0) return `${formatAmount(amount, unit.slice(0, slash), type)}${unit.slice(slash)}`;
  if (Object.hasOwn(AMOUNTS, unit)) return AMOUNTS[unit](amount);
  const many = unit === 'count' ? type : unit;
  // Other types are names, of an event or of what a program counts.
  const word = Math.abs(amount) === 1 ? many.replace(/\bsamples$/, 'sample').replace(/ entries$/, ' entry') : many;
  return word === '' ? formatCount(amount) : `${formatCount(amount)} ${word}`;
}

const AMOUNTS: Record<string, (amount: number) => string> = {
  nanoseconds: formatDuration,
  microseconds: (amount) => formatDuration(amount * 1e3),
  milliseconds: (amount) => formatDuration(amount * 1e6),
  seconds: (amount) => formatDuration(amount * 1e9),
  bytes: formatBytes,
};

function scaled(amount: number, step: number, units: readonly string[]): string {
  if (!Number.isFinite(amount)) return 'not known';
  let size = Math.abs(amount);
  let unit = 0;
  // 999.5 is written as 1000 with three digits, so it belongs to the next unit.
  while (size >= 999.5 && unit < units.length - 1) {
    size /= step;
    unit++;
  }
  const sign = amount < 0 ? '−' : '';
  const digits = unit === 0 && Number.isInteger(size) ? String(size) : Number(size.toPrecision(3)).toString();
  return `${sign}${digits} ${units[unit]}`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
