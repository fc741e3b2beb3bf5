/** Width of a text in one font, in the context's pixels. */
export type TextWidth = (text: string) => number;

/** Measures texts in one font by adding up their letters: far cheaper than asking the canvas for each text. */
export function textWidth(context: CanvasRenderingContext2D, font: string): TextWidth {
  const former = context.font;
  context.font = font;
  const narrow = Float64Array.from({ length: 128 }, (_, code) => context.measureText(String.fromCharCode(code)).width);
  context.font = former;
  const others = new Map<string, number>();
  const widthOf = (letter: string): number => {
    let width = others.get(letter);
    if (width === undefined) {
      const before = context.font;
      context.font = font;
      width = context.measureText(letter).width;
      context.font = before;
      others.set(letter, width);
    }
    return width;
  };
  return (text) => {
    let sum = 0;
    for (const letter of text) {
      const code = letter.charCodeAt(0);
      sum += code < 128 ? narrow[code] : widthOf(letter);
    }
    return sum;
  };
}
