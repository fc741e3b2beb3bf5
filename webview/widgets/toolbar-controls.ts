import type { FlameColouring } from '../../src/core/profile/flame-colours.ts';
import { element } from '../lib/dom.ts';
import { checkbox, dropdown, iconButton } from './toolkit.ts';

/** What belongs together in a row of controls. */
export function controlGroup(...controls: readonly { readonly element: HTMLElement }[]): HTMLElement {
  return element('div', { className: 'group' }, ...controls.map((control) => control.element));
}

/** Name of what is shown. */
export function toolbarTitle() {
  const title = element('h1', { className: 'title' });
  return {
    element: title,
    show(text: string): void {
      title.textContent = text;
      title.title = text;
    },
  };
}

/** Which of a recording's values is shown. */
export function valueChoice(onChoose: (value: number) => void) {
  const choice = dropdown({
    label: 'What is measured',
    choices: [],
    onChoose: (chosen) => onChoose(Number(chosen)),
  });
  return {
    element: choice.element,
    show(values: readonly { readonly type: string }[], value: number): void {
      choice.offer(values.map(({ type }, index) => ({ value: String(index), label: type })));
      choice.show(String(value));
    },
  };
}

export function colouringChoice(onChoose: (colouring: FlameColouring) => void) {
  return dropdown<FlameColouring>({
    label: 'Colour by',
    key: 'c',
    choices: [
      { value: 'module', label: 'By module' },
      { value: 'kind', label: 'By kind' },
      { value: 'heat', label: 'By heat' },
    ],
    onChoose,
  });
}

export function kernelSwitch(onChange: (isOn: boolean) => void) {
  return checkbox({
    label: 'Kernel',
    title: 'Show kernel frames; without them their cost is a cost of the code that made the system call',
    key: 'k',
    onChange,
  });
}

export function inlinesSwitch(onChange: (isOn: boolean) => void) {
  return checkbox({
    label: 'Inlined',
    title:
      'Show inlined functions as frames of their own; without them their cost is that of the function they were inlined into',
    key: 'i',
    onChange,
  });
}

export function flameSwitch(onClick: () => void) {
  const button = iconButton({
    icon: 'arrow-swap',
    label: 'Flame: root at the bottom',
    key: 'f',
    isToggle: true,
    onClick,
  });
  button.element.classList.add('turned');
  return button;
}

export function tableSwitch(label: string, onClick: () => void) {
  return iconButton({ icon: 'table', label, key: 't', isToggle: true, onClick });
}

export function backButton(onClick: () => void) {
  return iconButton({ icon: 'arrow-left', label: 'Back to the former zoom', key: 'Backspace', onClick });
}

export function wholeButton(label: string, onClick: () => void) {
  return iconButton({ icon: 'home', label, key: '0', onClick });
}

export function keysButton(onClick: () => void) {
  return iconButton({ icon: 'keyboard', label: 'Keys', key: '?', onClick });
}
