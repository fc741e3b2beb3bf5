import { element } from '../../lib/dom.ts';
import type { BoxWords } from './time-words.ts';

/** What the pointer's card says. */
export function timeCard({ title, rows, lines }: BoxWords): Node[] {
  return [
    element('div', { className: 'card-name', text: title }),
    element(
      'table',
      {},
      ...rows.map(([label, value]) =>
        element('tr', {}, element('th', { scope: 'row', text: label }), element('td', { text: value })),
      ),
    ),
    ...lines.map((text) => element('div', { className: 'card-line', text })),
  ];
}
