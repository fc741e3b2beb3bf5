import * as vscode from 'vscode';
import type { DiffTableOptions } from '../../core/profile/diff/queries/diff-table.ts';
import type { Operation } from '../../core/profile/operations/operation.ts';
import { threadsByName } from '../../core/profile/operations/threads-by-name.ts';
import type { ThreadOverview } from '../../core/profile/queries/overview.ts';
import type { View } from '../../core/profile/queries/query-model.ts';
import { askOperation } from '../../host/ask-operation.ts';
import { registerCommand } from '../../host/commands.ts';
import { droppedFiles } from '../../host/dropped-files.ts';
import type { Host } from '../../host/host.ts';
import { registerPanel } from '../../host/panel.ts';
import { Problem } from '../../host/problem.ts';
import { runStep } from '../../host/run-step.ts';
import { savePicture } from '../../host/save-picture.ts';
import type { CompareLook, CompareSideName } from '../../protocol/compare.ts';
import type { Run } from '../../runs/run.ts';
import type { RunStore } from '../../runs/store.ts';
import { askRequests } from './ask-requests.ts';
import { chooseSource } from './choose-source.ts';
import { compareState, NEXT_STEPS, RETRY } from './compare-state.ts';
import { compareTree } from './compare-tree.ts';
import { activeSource, byTime, type ComparedSource, fileSource, runSource } from './compared-source.ts';
import { Comparison, type Pair } from './comparison.ts';
import { followFiles } from './follow-files.ts';
import { forget, recall, remember } from './remembered-comparison.ts';

/** *Compare*: two profiles, or two parts of one, in a panel, and the ways to it. */
export function compareFeature(host: Host): void {
  const { context } = host;
  const comparison = new Comparison(host);
  const panel = registerPanel(host, 'compare', {
    state: () => {
      recall(host, comparison);
      return compareState(comparison);
    },
    tree: () => compareTree(host, comparison),
    table: (ask: Omit<DiffTableOptions, 'view'>) =>
      comparison.required().session.ask('diffTable', { ...ask, view: comparison.view }),
    look: async (change) => {
      await look(comparison, change);
      remember(host, comparison);
      return null;
    },
    addFilter: async () => {
      const { session } = comparison.required();
      const operation = await askOperation({
        choices: () => session.ask('operationChoices', undefined),
        read: (typed) => session.ask('readOperation', typed),
        attempt: (wanted) => {
          const operations = [...comparison.look.operations, wanted];
          return session.ask('diffFlameGraph', {
            view: { ...comparison.view, operations },
            width: comparison.look.width,
          });
        },
      });
      // Meanwhile something else may be compared.
      if (!operation || comparison.opened?.session !== session) return null;
      comparison.setLook({ operations: [...comparison.look.operations, operation] });
      remember(host, comparison);
      return null;
    },
    swap: async () => {
      await comparison.swap();
      remember(host, comparison);
      return null;
    },
    choose: async (side) => {
      await replaceSide(side);
      return null;
    },
    drop: async (uriList) => {
      await compareFiles(droppedFiles(uriList));
      return null;
    },
    open: async (place) => {
      await vscode.commands.executeCommand('perfwright.openSource', place);
      return null;
    },
    copy: async (text) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    save: (picture) => savePicture('the Comparison', picture),
    cancel: () => {
      comparison.cancel();
      return null;
    },
    act: (id) => {
      const { pair } = comparison;
      if (id !== RETRY.id || !pair) return runStep(id, NEXT_STEPS);
      void comparison.open(pair);
      return null;
    },
  });

  /** Without operations, what is done to those that are compared now is done to these too. */
  const show = (pair: Pair, operations?: readonly Operation[]) => {
    panel.show();
    const reading = comparison.open(pair, operations);
    remember(host, comparison);
    return reading;
  };
  async function compareFiles(paths: readonly string[]): Promise<void> {
    if (paths.length !== 2) {
      throw new Problem(
        `Two profiles can be compared, and ${paths.length === 1 ? 'one was' : `${paths.length} were`} given. Select two files in the explorer, and drag both.`,
        {
          isHint: true,
        },
      );
    }
    const [a, b] = await Promise.all(paths.map(fileSource));
    await show(byTime(a, b), []);
  }
  /** Asks for what comes before a recording, and compares both after this was done to them. */
  const compareAfter = async (after: ComparedSource, operations: readonly Operation[] = []) => {
    const { current } = host.active;
    // Of one that isn't open it isn't known yet.
    const hasTimes = current?.path !== after.path || current.overview.hasTimes;
    const chosen = await chooseSource(host, {
      title: `Compare ${after.title} With…`,
      placeHolder: 'What was before it',
      except: after.path,
      ...(hasTimes ? { ranges: after } : {}),
    });
    if (!chosen) return;
    if ('before' in chosen) await show(chosen, operations.filter(isAtAnyTime));
    else await show({ before: chosen, after }, operations);
  };
  async function replaceSide(side: CompareSideName): Promise<void> {
    const { pair } = comparison;
    if (!pair) return void (await vscode.commands.executeCommand('perfwright.compareWith'));
    const other = pair[side === 'before' ? 'after' : 'before'];
    const chosen = await chooseSource(host, {
      title: `Choose What Is ${side === 'before' ? 'Before' : 'After'}`,
      placeHolder: `Compared with ${other.title}`,
    });
    if (chosen && !('before' in chosen)) await show({ ...pair, [side]: chosen });
  }

  registerCommand(host, 'perfwright.compare.open', () => panel.show());
  registerCommand(host, 'perfwright.compareWith', async () => {
    const { view } = host.active;
    const active = await activeSource(host);
    const after = active ?? (await chooseAfter(host));
    if (!after) return;
    const { operations, said } = view ? comparable(view, host.active.current?.overview.threads ?? []) : ALL_OF_IT;
    if (said !== '') void vscode.window.showInformationMessage(said);
    await compareAfter(after, operations);
  });
  registerCommand(host, 'perfwright.runs.compareWith', ({ store, run }: RunNode) =>
    compareAfter(runSource(store, run)),
  );
  registerCommand(
    host,
    'perfwright.runs.compare',
    async (_one?: RunNode, selected?: readonly (RunNode | undefined)[]) => {
      // A row that VS Code is just reading again is handed over as undefined.
      const runs = (selected ?? []).filter((node): node is RunNode => node?.kind === 'run');
      if (runs.length !== 2) throw new Problem('Select two runs to compare.', { isHint: true });
      const [a, b] = runs.map(({ store, run }) => runSource(store, run));
      await show(byTime(a, b), []);
    },
  );
  registerCommand(host, 'perfwright.compareProfiles', async (_one?: vscode.Uri, selected?: readonly vscode.Uri[]) => {
    await compareFiles((selected ?? []).filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath));
  });
  context.subscriptions.push(
    comparison,
    followFiles(comparison),
    comparison.onDidChange((what) => panel.changed(what)),
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      // Two profiles in memory are much where nobody looks at them. A panel that goes to another column is closed and opened.
      if (!closed.some(isComparePanel)) return;
      if (vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(isComparePanel))) return;
      comparison.close();
      void forget(host);
    }),
  );
}

/** A run as the view *Runs* hands it to a command. */
interface RunNode {
  readonly kind: string;
  readonly store: RunStore;
  readonly run: Run;
}

function isComparePanel({ input }: vscode.Tab): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('perfwright.compare');
}

async function look(comparison: Comparison, change: Partial<CompareLook>): Promise<void> {
  if (change.normalise === 'requests') {
    const requests = await askRequests(comparison.requests);
    // The control shows what it was put to: it is put back by asking again.
    if (!requests) return comparison.setLook({});
    comparison.setRequests(requests);
  }
  comparison.setLook(change);
}

/** What is done to a recording, as it can be done to another as well: threads go by their names there. */
function comparable({ operations, threads: chosen }: View, threads: readonly ThreadOverview[]): ComparableView {
  if (!chosen) return { operations, said: '' };
  const named = threadsByName(threads, chosen);
  if (!named) return { operations, said: ALL_THREADS };
  const those = named.names.join(', ');
  const others =
    named.others === 0 ? '' : ` So ${named.others === 1 ? 'is' : 'are'} ${named.others} more of this recording.`;
  return {
    operations: [...operations, named.operation],
    said: `Threads are compared by their names: those that are called ${those}.${others}`,
  };
}

interface ComparableView {
  readonly operations: readonly Operation[];
  /** What is to be known of it; `''` where there's nothing. */
  readonly said: string;
}

const ALL_OF_IT: ComparableView = { operations: [], said: '' };

/** Ranges of a recording's own time stand in place of the range that its view is filtered to. */
function isAtAnyTime({ op }: Operation): boolean {
  return op !== 'from' && op !== 'to';
}

async function chooseAfter(host: Host): Promise<ComparedSource | undefined> {
  const chosen = await chooseSource(host, { title: 'Compare', placeHolder: 'What is looked at (after)' });
  return chosen && !('before' in chosen) ? chosen : undefined;
}

const ALL_THREADS = 'All threads are compared: those that were chosen have no names, by which others could be told.';
