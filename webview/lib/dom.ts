/** Makes an element: text is always text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  {
    className = '',
    text,
    ...attributes
  }: { className?: string; text?: string; [attribute: string]: string | undefined } = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/** A codicon by its name. It says nothing to a screen reader: what it stands on has to. */
export function icon(name: string): HTMLElement {
  return element('span', { className: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}
