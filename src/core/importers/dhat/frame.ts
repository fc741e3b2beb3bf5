import type { ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, NONE } from '../../profile/profile.ts';

/** The frame of `0x109175: main (main.c:36)`, `0x48417B4: malloc (in /usr/lib/x.so)` or `0x1000: ???`; NONE for `[root]`. */
export function dhatFrame(builder: ProfileBuilder, text: string, inlined: boolean): FrameIndex {
  if (text === '[root]') return NONE;
  const whole = text.replace(/^0x[0-9A-Fa-f]+: /, '');
  const open = whole.endsWith(')') ? whole.lastIndexOf(' (') : -1;
  const name = open === -1 ? whole : whole.slice(0, open);
  const place = open === -1 ? '' : whole.slice(open + 2, -1);
  if (place.startsWith('in ')) {
    const module = builder.module(place.slice(3));
    return builder.frame({ function: builder.function({ name, module }), module, inlined });
  }
  const [, file, line, column = '0'] = /^(.*?):(\d{1,9})(?::(\d{1,9}))?$/s.exec(place) ?? ['', '', '0'];
  const own = builder.function({ name: file === '' ? whole : name, file });
  return builder.frame({ function: own, line: Number(line), column: Number(column), inlined });
}
