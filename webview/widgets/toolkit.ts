import {
  type Button,
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  type TextField,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element, icon } from '../lib/dom.ts';

// The one place that knows the toolkit: panels get controls from here, so that it can be replaced.

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeTextField(),
);

/** A control and what it stands for. */
export interface Control<V> {
  readonly element: HTMLElement;
  /** Shows a value without reporting it. */
  show(value: V): void;
}

/** A button with an icon. `isToggle` gives it a state, which `show` sets. */
export function iconButton(options: {
  icon: string;
  label: string;
  key?: string;
  isToggle?: boolean;
  onClick(): void;
}) {
  const button = document.createElement('vscode-button') as Button;
  button.appearance = 'icon';
  button.setAttribute('aria-label', options.label);
  button.title = withKey(options.label, options.key);
  button.append(icon(options.icon));
  if (options.isToggle) button.ariaPressed = 'false';
  button.addEventListener('click', () => options.onClick());
  return {
    element: button as HTMLElement,
    show: (isOn: boolean) => {
      button.ariaPressed = String(isOn);
      button.classList.toggle('is-on', isOn);
    },
    setEnabled: (isEnabled: boolean) => {
      button.disabled = !isEnabled;
    },
  };
}

export function textButton(options: { label: string; isPrimary?: boolean; onClick(): void }): HTMLElement {
  const button = document.createElement('vscode-button') as Button;
  button.appearance = options.isPrimary ? 'primary' : 'secondary';
  button.textContent = options.label;
  button.addEventListener('click', () => options.onClick());
  return button;
}

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
}

export function dropdown<V extends string>(options: {
  label: string;
  key?: string;
  choices: readonly Choice<V>[];
  onChoose(value: V): void;
}): Control<V> & { offer(choices: readonly Choice<V>[]): void } {
  const box = document.createElement('vscode-dropdown') as Dropdown;
  box.setAttribute('aria-label', options.label);
  box.title = withKey(options.label, options.key);
  let shown: string | undefined;
  const offer = (choices: readonly Choice<V>[]) => {
    box.replaceChildren(
      ...choices.map(({ value, label }) => {
        const option = document.createElement('vscode-option') as HTMLElement & { value: string };
        option.setAttribute('value', value);
        option.textContent = label;
        option.title = label;
        return option;
      }),
    );
  };
  offer(options.choices);
  box.addEventListener(
    'keydown',
    ({ key }) => {
      // Before the toolkit closes the list: for it, what one has come to in it is chosen then.
      if (key === 'Escape' && box.open && shown !== undefined) box.value = shown;
    },
    { capture: true },
  );
  box.addEventListener('change', () => {
    if (box.value === shown) return;
    shown = box.value;
    options.onChoose(box.value as V);
  });
  return {
    element: box,
    offer,
    show(value) {
      shown = value;
      box.value = value;
    },
  };
}

export function checkbox(options: {
  label: string;
  title: string;
  key?: string;
  onChange(isOn: boolean): void;
}): Control<boolean> {
  const box = document.createElement('vscode-checkbox') as Checkbox;
  box.textContent = options.label;
  box.title = withKey(options.title, options.key);
  let shown = false;
  box.addEventListener('change', () => {
    if (box.checked === shown) return;
    shown = box.checked;
    options.onChange(shown);
  });
  return {
    element: box,
    show(isOn) {
      shown = isOn;
      box.checked = isOn;
    },
  };
}

export function searchField(options: {
  label: string;
  key?: string;
  placeholder: string;
  onInput(text: string): void;
}) {
  const field = document.createElement('vscode-text-field') as TextField;
  field.placeholder = options.placeholder;
  field.title = withKey(options.label, options.key);
  // When it comes onto the page, the toolkit names the field by the text in it, and "Text field" where there's none, whatever it was named.
  const name = element('span', { className: 'visually-hidden', text: options.label });
  field.append(element('span', { slot: 'start' }, icon('search'), name));
  field.addEventListener('input', () => options.onInput(field.value));
  return {
    element: field as HTMLElement,
    get text() {
      return field.value;
    },
    show: (text: string) => {
      field.value = text;
    },
    focus: () => {
      field.focus();
      field.shadowRoot?.querySelector('input')?.select();
    },
  };
}

function withKey(label: string, key: string | undefined): string {
  return key === undefined ? label : `${label} (${key})`;
}
