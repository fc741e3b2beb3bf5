/**
 * Whether a text starts as `perf script` has it without events and perhaps without modules (`-F comm,ip,sym`): a line of columns or none,
 * and below it a place, whose address is right-aligned in 16 columns behind a tab; or, without call chains, lines that hold such places.
 */
export function isBareHead(text: string): boolean {
  const lines = text
    .split('\n', LINES)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^#( |$)/.test(line));
  const [first = '', second = ''] = lines;
  if (PLACE.test(first) || (isShort(first) && PLACE.test(second))) return true;
  const alone = lines.filter((line) => PLACE_ON_LINE.test(line)).length;
  return alone > 0 && alone * 2 >= lines.length;
}

/** A name, the numbers of process and thread, the processor, a time and a period. */
function isShort(line: string): boolean {
  return line.length <= LONGEST_COLUMNS && !line.startsWith('\t');
}

const LINES = 40;
const LONGEST_COLUMNS = 90;
const PLACE = /^\t(?=.{16} ) *[1-9a-f][0-9a-f]{2,15} \S/;
/**
 * Behind columns, at least a blank: an address as libraries and the kernel have it, or one in a module. perf writes no zeros before a
 * number, as nm does; tables have shorter numbers.
 */
const PLACE_ON_LINE =
  /^.{0,90} (?=.{16} ) *(?:[1-9a-f][0-9a-f]{11,15} [^ ]|[1-9a-f][0-9a-f]{2,15} [^ ].* \([/[][^()]*\)$)/;
