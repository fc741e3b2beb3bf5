import { scanName } from './name-parts.ts';
import { shortName } from './short-name.ts';

/**
 * The forms in which a function's name can stand in a frame, the longest first. What is left out is left out at the scope, so that the
 * last part of the name stays: `ns::Matrix<double>::multiply`, `ns::Matrix<…>::multiply`, `…Matrix<…>::multiply`, `…multiply`.
 */
export function labelForms(name: string): readonly string[] {
  const short = shortName(name);
  const forms = name === short ? [name] : [name, short];
  return [...forms, ...partStarts(short).map((start) => `…${short.slice(start)}`)];
}

/**
 * The longest of a name's forms that fits, or the start of the last: `multip…`. `''` where not even that fits.
 * @param widthOf width of a text in the unit of `width`
 */
export function fitLabel(forms: readonly string[], width: number, widthOf: (text: string) => number): string {
  const fitting = forms.find((form) => widthOf(form) <= width);
  if (fitting !== undefined) return fitting;
  const last = forms[forms.length - 1].replace(/^…/, '');
  let low = 0;
  let high = last.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (widthOf(`${last.slice(0, middle)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return low >= FEWEST_LETTERS ? `${last.slice(0, low)}…` : '';
}

/** Fewer letters than this say nothing. */
const FEWEST_LETTERS = 2;

/**
 * Where the parts of a qualified name start, without the first: behind `::`, `.`, `/` and `#` that stand outside brackets. What a
 * compiler adds (`.constprop.0`) and what isn't a name (`libc.so.6+0x1234`) isn't taken apart.
 */
function partStarts(name: string): number[] {
  const starts: number[] = [];
  if (/\+0x[0-9a-f]+$/.test(name)) return starts;
  const added = name.search(/\.(?:constprop|isra|part|cold|lto_priv|clone|llvm)\b/);
  const end = added === -1 ? name.length : added;
  const { next } = scanName(name);
  for (let at = 0; at < end; ) {
    if (at > 0 && name.startsWith('::', at)) {
      at += 2;
      starts.push(at);
    } else if (at > 0 && './#'.includes(name[at])) {
      at++;
      starts.push(at);
    } else {
      at = next[at];
    }
  }
  return starts.filter((start) => start < end);
}
