import * as vscode from 'vscode';
import { CancelledError } from '../../host/problem.ts';
import { changeSetting, setting } from '../../host/settings.ts';
import type { RecordOptions } from '../../runs/record.ts';
import { DEFAULT_DWARF_BYTES, type PerfCallGraph } from '../../tools/perf.ts';
import { RECORDERS } from '../../tools/recorders/index.ts';

/** How a person wants to record. */
export interface RecordChoice {
  /** Name of the tool; `auto` for the one that suits the target. */
  readonly tool: string;
  /** Samples a second; 0 for what is usual with the tool. */
  readonly frequency: number;
  /** In perf's notation; empty for the best that works. */
  readonly events: readonly string[];
  readonly callGraph: CallGraph;
  /** In seconds; 0 until the program ends. */
  readonly duration: number;
  readonly wholeTree: boolean;
}

type CallGraph = 'fp' | 'dwarf' | 'lbr';

export function recordOptions(): RecordChoice {
  return {
    tool: setting('record.tool'),
    frequency: setting('record.frequency'),
    events: setting('record.events'),
    callGraph: setting('record.callGraph'),
    duration: setting('record.duration'),
    wholeTree: setting('record.wholeTree'),
  };
}

/** The choice as a recording takes it. Events are what only some tools count; all else is a matter of taste, which others may leave out. */
export function wishOf({
  tool,
  frequency,
  events,
  callGraph,
  duration,
  wholeTree,
}: RecordChoice): Pick<RecordOptions, 'tool' | 'wish' | 'required' | 'durationMs'> {
  return {
    ...(tool !== AUTO && { tool }),
    wish: {
      ...(frequency > 0 && { sampling: { frequencyHz: frequency } }),
      callGraph: CALL_GRAPHS[callGraph].wish,
      ...(events.length > 0 && { events }),
      inherit: wholeTree,
    },
    required: events.length > 0 ? ['events'] : [],
    ...(duration > 0 && { durationMs: duration * 1000 }),
  };
}

const AUTO = 'auto';

/** The choice on one line: `py-spy · 50 Hz · 10 s`, `tool that suits · usual frequency · best event · frame pointers`. */
export function optionsText({ tool, frequency, events, callGraph, duration, wholeTree }: RecordChoice): string {
  return [
    toolText(tool),
    frequencyText(frequency),
    eventsText(events),
    CALL_GRAPHS[callGraph].title,
    ...(duration > 0 ? [durationText(duration)] : []),
    ...(wholeTree ? [] : ['without its children']),
  ].join(' · ');
}

/** Lets a person change one option after the other; each is a setting. False where they went away instead of saying *Done*. */
export async function chooseOptions(): Promise<boolean> {
  for (;;) {
    const now = recordOptions();
    const items: (vscode.QuickPickItem & { change?: () => Promise<void> })[] = [
      {
        label: 'Tool',
        description: now.tool === AUTO ? 'the one that suits' : now.tool,
        detail: 'Which profiler records',
        change: changeTool,
      },
      {
        label: 'Frequency',
        description: now.frequency === 0 ? 'what is usual with the tool' : frequencyText(now.frequency),
        detail: 'Samples a second of each thread that runs',
        change: changeFrequency,
      },
      { label: 'Events', description: eventsText(now.events), detail: 'What is counted', change: changeEvents },
      {
        label: 'Call graph',
        description: CALL_GRAPHS[now.callGraph].title,
        detail: 'How callers are found',
        change: changeCallGraph,
      },
      {
        label: 'Duration',
        description: durationText(now.duration),
        detail: 'When recording stops by itself',
        change: changeDuration,
      },
      {
        label: 'Whole process tree',
        description: now.wholeTree ? 'on' : 'off',
        detail: 'Whether processes and threads that the program starts are measured too',
        change: () => changeSetting('record.wholeTree', !now.wholeTree),
      },
      { label: '$(check) Done', alwaysShow: true },
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Recording Options',
      placeHolder: 'Choose what to change',
    });
    if (!picked) return false;
    if (!picked.change) return true;
    try {
      await picked.change();
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
  }
}

const CALL_GRAPHS: Readonly<Record<CallGraph, { title: string; detail: string; wish: PerfCallGraph }>> = {
  fp: {
    title: 'frame pointers',
    detail: 'Cheap. Right for code compiled with -fno-omit-frame-pointer.',
    wish: 'fp',
  },
  dwarf: {
    title: 'DWARF',
    detail: 'Right for code without frame pointers that has debug information. Large files, slow to open.',
    wish: { dwarfBytes: DEFAULT_DWARF_BYTES },
  },
  lbr: {
    title: 'LBR',
    detail: "The processor's own branch records. Intel hardware only, and no virtual machine.",
    wish: 'lbr',
  },
};

function toolText(tool: string): string {
  return tool === AUTO ? 'tool that suits' : tool;
}

function frequencyText(frequency: number): string {
  return frequency === 0 ? 'usual frequency' : `${frequency} Hz`;
}

function eventsText(events: readonly string[]): string {
  return events.length === 0 ? 'best event that works' : events.join(', ');
}

function durationText(duration: number): string {
  return duration > 0 ? `${duration} s` : 'until the program ends';
}

async function changeTool(): Promise<void> {
  const items = [
    { label: 'The one that suits', detail: 'By the language of the program', name: AUTO },
    ...RECORDERS.map(({ tool, blindTo }) => ({
      label: tool.name,
      description: tool.purpose,
      detail: blindTo,
      name: tool.name,
    })),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Which Profiler Records' });
  if (!picked) throw new CancelledError();
  await changeSetting('record.tool', picked.name);
}

async function changeFrequency(): Promise<void> {
  const prompt = 'Samples a second; 0 for what is usual with the tool';
  const text = await ask(prompt, String(setting('record.frequency')), (value) => {
    return /^\d+$/.test(value) && Number(value) <= 100_000 ? '' : 'A whole number from 0 to 100000.';
  });
  await changeSetting('record.frequency', Number(text));
}

async function changeDuration(): Promise<void> {
  const text = await ask('Seconds to record; 0 until the program ends', String(setting('record.duration')), (value) =>
    value !== '' && Number(value) >= 0 ? '' : 'A number of seconds, 0 or more.',
  );
  await changeSetting('record.duration', Number(text));
}

async function changeEvents(): Promise<void> {
  const text = await ask(
    'Events in perf’s notation, with spaces between; empty for the best that works',
    setting('record.events').join(' '),
    (value) => (/^[\w:/=,.@+%\s-]*$/.test(value) ? '' : 'Names of events, such as cycles or cpu-clock.'),
  );
  await changeSetting(
    'record.events',
    text.split(/\s+/).filter((event) => event !== ''),
  );
}

async function changeCallGraph(): Promise<void> {
  const items = (Object.keys(CALL_GRAPHS) as CallGraph[]).map((mode) => ({
    label: CALL_GRAPHS[mode].title,
    detail: CALL_GRAPHS[mode].detail,
    mode,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'How Callers Are Found' });
  if (!picked) throw new CancelledError();
  await changeSetting('record.callGraph', picked.mode);
}

async function ask(title: string, value: string, problemOf: (value: string) => string): Promise<string> {
  const text = await vscode.window.showInputBox({ title, value, validateInput: problemOf });
  if (text === undefined) throw new CancelledError();
  return text.trim();
}
