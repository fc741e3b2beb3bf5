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

/** A name's forms with their widths, so that fitting it into one room after another measures nothing again. */
export interface MeasuredLabel {
  /** The longest first; the last is cut off at its end where not even that fits. */
  readonly forms: readonly string[];
  readonly widths: readonly number[];
  /** Starts of the last form, each with `…` behind it and one letter longer than the one before; the first is of two letters. */
  readonly starts: readonly string[];
  readonly startWidths: readonly number[];
}

/** @param widthOf width of a text: the sum of its letters' widths */
export function measuredLabel(forms: readonly string[], widthOf: (text: string) => number): MeasuredLabel {
  const starts: string[] = [];
  const startWidths: number[] = [];
  let start = '';
  let width = widthOf('…');
  let letters = 0;
  for (const letter of forms[forms.length - 1].replace(/^…/, '')) {
    start += letter;
    width += widthOf(letter);
    if (++letters > MOST_LETTERS) break;
    if (letters < FEWEST_LETTERS) continue;
    starts.push(`${start}…`);
    startWidths.push(width);
  }
  return { forms, widths: forms.map(widthOf), starts, startWidths };
}

/** The longest of a name's forms that fits, or the start of the last: `multip…`. `''` where not even that fits. */
export function fitLabel({ forms, widths, starts, startWidths }: MeasuredLabel, width: number): string {
  for (let form = 0; form < forms.length; form++) if (widths[form] <= width) return forms[form];
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (startWidths[middle] <= width) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? starts[low - 1] : '';
}

/** Fewer letters than this say nothing. */
const FEWEST_LETTERS = 2;
/** Nor does anyone read a start that is longer. */
const MOST_LETTERS = 300;

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
