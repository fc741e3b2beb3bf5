import * as vscode from 'vscode';
import { whenText } from '../../core/date-text.ts';
import { momentRange } from '../../core/profile/operations/time-range.ts';
import { formatAmount } from '../../core/units.ts';
import { chooseFirst } from '../../host/choose-first.ts';
import type { Host } from '../../host/host.ts';
import { type ComparedSource, fileSource, partOf, runSource } from './compared-source.ts';
import type { Pair } from './comparison.ts';

export interface SourceChoice {
  readonly title: string;
  readonly placeHolder: string;
  /** The path of what it is compared with, which isn't offered. */
  readonly except?: string;
  /** The recording whose time can be compared with itself. */
  readonly ranges?: ComparedSource;
}

/** Asks which recording: a run of this workspace, the newest first, or a file; or two ranges of time of one. Undefined where the person chose none. */
export async function chooseSource(
  { runs }: Host,
  { title, placeHolder, except, ranges }: SourceChoice,
): Promise<ComparedSource | Pair | undefined> {
  const lists = await Promise.all(runs.all().map(async (store) => ({ store, ...(await store.list({ limit: 100 })) })));
  const items = lists
    .flatMap(({ store, runs: own }) => own.map((run) => ({ store, run, path: store.artifactPath(run) })))
    .filter(({ path }) => path !== undefined && path !== except)
    .sort((a, b) => (a.run.start < b.run.start ? 1 : -1))
    .map(({ store, run }) => {
      const value = run.summary?.values[0];
      const commit = run.environment?.git?.commit;
      return {
        label: run.title,
        description: [
          whenText(new Date(run.start)),
          ...(value ? [formatAmount(value.total, value.unit, value.type)] : []),
          ...(commit ? [`commit ${commit.slice(0, 7)}`] : []),
        ].join(' · '),
        detail: run.summary?.top
          .slice(0, 3)
          .map((row) => row.function)
          .join(', '),
        choose: () => runSource(store, run),
      };
    });
  const others = [
    { label: '$(folder-opened) Choose a File…', alwaysShow: true, choose: () => chooseFile(title) },
    ...(ranges
      ? [
          {
            label: '$(watch) A Range of Its Own Time…',
            description: 'two parts of the same recording',
            alwaysShow: true,
            choose: () => chooseRanges(ranges),
          },
        ]
      : []),
  ];
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator, choose: () => undefined };
  return chooseFirst<
    vscode.QuickPickItem & { choose(): ComparedSource | undefined | Promise<ComparedSource | Pair | undefined> },
    ComparedSource | Pair | undefined
  >([...items, ...(items.length > 0 ? [separator] : []), ...others], { title, placeHolder }, (chosen) =>
    chosen.choose(),
  );
}

async function chooseFile(title: string): Promise<ComparedSource | undefined> {
  const defaultUri = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Compare',
    ...(defaultUri ? { defaultUri } : {}),
  });
  return chosen?.[0] && fileSource(chosen[0].fsPath);
}

async function chooseRanges(source: ComparedSource): Promise<Pair | undefined> {
  const range = await askRange('The range of time that is looked at (after)', '50%..');
  if (range === undefined) return undefined;
  const rest = { label: 'With the rest of the recording', isRest: true };
  const other = { label: 'With another range…', isRest: false };
  const chosen = await vscode.window.showQuickPick([rest, other], {
    title: `Compare ${range} of ${source.title}`,
    placeHolder: 'What it is compared with (before)',
  });
  if (!chosen) return undefined;
  const after = partOf(source, { range: momentRange(range), isRest: false });
  if (chosen.isRest) return { before: partOf(source, { range: momentRange(range), isRest: true }), after };
  const earlier = await askRange('The range of time that it is compared with (before)', '..50%');
  return earlier === undefined
    ? undefined
    : { before: partOf(source, { range: momentRange(earlier), isRest: false }), after };
}

function askRange(title: string, value: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    value,
    prompt: 'Seconds, 200ms, or percent of the recording: 0..10s, 5%..50%, 10s..',
    validateInput(text) {
      try {
        momentRange(text);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  });
}
