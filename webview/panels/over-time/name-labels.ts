import { fitLabel, labelForms, type MeasuredLabel, measuredLabel } from '../../../src/core/profile/flame-label.ts';
import { type TextWidth, textWidth } from '../../lib/text-width.ts';

/** What of a function's name fits into its box, measured once for each name, whatever chart it comes with. */
export class NameLabels {
  readonly font: string;
  readonly boldFont: string;
  readonly #widths: { readonly plain: TextWidth; readonly bold: TextWidth };
  #plain = new Map<string, MeasuredLabel>();
  #bold = new Map<string, MeasuredLabel>();

  constructor(context: CanvasRenderingContext2D, family: string) {
    this.font = `12px ${family}`;
    this.boldFont = `600 ${this.font}`;
    this.#widths = { plain: textWidth(context, this.font), bold: textWidth(context, this.boldFont) };
  }

  fit(name: string, isBold: boolean, room: number): string {
    const known = isBold ? this.#bold : this.#plain;
    let measured = known.get(name);
    if (!measured) {
      if (known.size > MOST) known.clear();
      measured = measuredLabel(labelForms(name), isBold ? this.#widths.bold : this.#widths.plain);
      known.set(name, measured);
    }
    return fitLabel(measured, room);
  }
}

const MOST = 10_000;
