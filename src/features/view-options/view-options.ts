import * as vscode from 'vscode';
import { filtersText } from '../../core/profile/provenance-line.ts';
import type { View } from '../../core/profile/queries/query-model.ts';
import { isAllInView, wholeName } from '../../core/profile/share-of.ts';
import { idText, threadLabel } from '../../core/profile/thread-label.ts';
import { formatAmount, formatShare } from '../../core/units.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
import { registerCommand } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import type { OpenRecording } from '../../host/open-recording.ts';
import { commandAction, Problem } from '../../host/problem.ts';
import { requireRecording } from '../../host/require-recording.ts';
import type { Units } from '../../host/setting-defaults.ts';
import { changeSetting, onSettingChange, setting } from '../../host/settings.ts';
import { profileStatus } from './profile-status.ts';

/** How the active recording is looked at: value type, threads, units, inlined functions, kernel; and its entry in the status bar. */
export function viewOptionsFeature(host: Host): void {
  const { active, context } = host;
  const status = profileStatus();
  const follow = () => {
    status.update(active);
    void vscode.commands.executeCommand('setContext', 'perfwright.hasRecording', active.current !== undefined);
  };
  context.subscriptions.push(status, active.onDidChange(follow), onSettingChange(['units'], follow));
  for (const { command, run } of OPTIONS) registerCommand(host, command, () => run(requireRecording(active), active));
  registerCommand(host, 'perfwright.viewOptions', () => chooseOption(active));
  follow();
}

type Shown = { readonly recording: OpenRecording; readonly view: View };

interface Option {
  readonly command: string;
  readonly title: string;
  /** What is chosen now. */
  readonly now: (shown: Shown, active: ActiveRecording) => string;
  readonly run: (shown: Shown, active: ActiveRecording) => unknown;
}

const OPTIONS: readonly Option[] = [
  {
    command: 'perfwright.chooseValue',
    title: 'Value type…',
    now: ({ recording, view }) => recording.overview.values[view.value].type,
    run: chooseValue,
  },
  {
    command: 'perfwright.chooseThread',
    title: 'Thread…',
    now: ({ recording, view }) => threadText(recording, view),
    run: chooseThread,
  },
  {
    command: 'perfwright.toggleShareOf',
    title: 'Shares',
    now: ({ view }, { shareOf }) => `of ${wholeName(view, shareOf)}`,
    run: toggleShareOf,
  },
  { command: 'perfwright.chooseUnits', title: 'Units…', now: () => UNITS[setting('units')], run: chooseUnits },
  {
    command: 'perfwright.toggleInlines',
    title: 'Inlined functions',
    now: ({ view }) => (view.inlines ? 'on their own lines' : 'part of their caller'),
    run: ({ view }, active) => active.look({ inlines: !view.inlines }),
  },
  {
    command: 'perfwright.toggleKernel',
    title: 'Kernel functions',
    now: ({ view }) => (view.kernel ? 'shown' : 'part of the system call'),
    run: ({ view }, active) => active.look({ kernel: !view.kernel }),
  },
  { command: 'perfwright.clear', title: 'Clear', now: () => '', run: (_, active) => active.show(undefined) },
];

const UNITS: Readonly<Record<Units, string>> = {
  shareAndAmount: 'share and amount: 31.2 % · 1.18 s',
  share: 'share: 31.2 %',
  amount: 'amount: 1.18 s',
};

async function chooseOption(active: ActiveRecording): Promise<void> {
  const now = requireRecording(active);
  const items = [
    {
      label: '$(history) Switch profile…',
      description: now.recording.title,
      run: () => vscode.commands.executeCommand('perfwright.switchProfile'),
    },
    {
      label: '$(flame) Flame graph',
      description: '',
      run: () => vscode.commands.executeCommand('perfwright.flameGraph.open'),
    },
    {
      label: '$(filter) Filters…',
      description: filtersText(now.view),
      run: () => vscode.commands.executeCommand('perfwright.filters'),
    },
    {
      label: '$(graph-line) Over time',
      description: '',
      run: () => vscode.commands.executeCommand('perfwright.overTime.open'),
    },
    ...OPTIONS.map((option) => ({
      label: option.title,
      description: option.now(now, active),
      run: () => option.run(now, active),
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: now.recording.title,
    placeHolder: 'How this profile is shown',
  });
  await picked?.run();
}

async function chooseValue({ recording, view }: Shown, active: ActiveRecording): Promise<void> {
  const items = recording.overview.values.map(({ type, unit, total }, value) => ({
    label: type,
    description: `${formatAmount(total, unit, type)}${value === view.value ? ' · shown now' : ''}`,
    value,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Value Type',
    placeHolder: 'What costs are measured in',
  });
  if (picked) active.look({ value: picked.value });
}

async function chooseThread({ recording, view }: Shown, active: ActiveRecording): Promise<void> {
  const { threads, values, defaultView } = recording.overview;
  const { unit, type, total } = values[defaultView.value];
  const isShown = (thread: number | null) => (thread === null ? view.threads === null : view.threads?.includes(thread));
  const mark = (thread: number | null) => (isShown(thread) ? ' · shown now' : '');
  const items = threads
    .map((thread, index) => ({ thread, index }))
    .filter(({ thread }) => thread.samples > 0)
    .sort((a, b) => b.thread.weight - a.thread.weight)
    .map(({ thread, index }) => ({
      label: thread.name || threadLabel(thread),
      description: `${formatShare(thread.weight / total)} · ${formatAmount(thread.weight, unit, type)}${mark(index)}`,
      detail: `process ${idText(thread.pid)}, thread ${idText(thread.tid)}`,
      threads: [index] as readonly number[] | null,
    }));
  const all = {
    label: 'All threads',
    description: `${formatAmount(total, unit, type)}${mark(null)}`,
    detail: '',
    threads: null,
  };
  const picked = await vscode.window.showQuickPick([all, ...items], {
    title: 'Thread',
    placeHolder: 'Whose cost is shown',
    matchOnDetail: true,
  });
  if (picked) active.look({ threads: picked.threads });
}

function toggleShareOf({ view }: Shown, active: ActiveRecording): void {
  if (isAllInView(view)) {
    throw new Problem('Everything is shown, so every share is of all already. Choose a thread or add a filter first.', {
      isHint: true,
      actions: [
        commandAction('Choose Thread…', 'perfwright.chooseThread'),
        commandAction('Add Filter…', 'perfwright.addFilter'),
      ],
    });
  }
  active.look({ shareOf: active.shareOf === 'all' ? 'view' : 'all' });
}

async function chooseUnits(): Promise<void> {
  const now = setting('units');
  const items = (Object.keys(UNITS) as Units[]).map((units) => ({
    label: UNITS[units],
    description: units === now ? 'shown now' : '',
    units,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Units', placeHolder: 'How costs are written' });
  if (picked) await changeSetting('units', picked.units);
}

/** `all`, or the thread's name. */
function threadText({ overview }: OpenRecording, { threads }: View): string {
  return threads === null ? 'all' : threads.map((index) => threadLabel(overview.threads[index])).join(', ');
}
