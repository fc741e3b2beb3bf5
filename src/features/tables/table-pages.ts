import * as vscode from 'vscode';
import type { View } from '../../core/profile/queries/query-model.ts';
import type { Host } from '../../host/host.ts';
import { Problem } from '../../host/problem.ts';
import { workspaceFiles } from '../../host/workspace-files.ts';
import type { Handlers } from '../../protocol/contract.ts';
import type { TablesContract } from '../../protocol/tables.ts';
import type { ProfileSession } from '../../runs/profile-session.ts';

type PageRequest = 'top' | 'calls' | 'expansion' | 'match' | 'names' | 'nodes' | 'copy';

/** Answers what the panel asks about the active recording in its current view: the worker's answers, with what only the host knows. */
export function tablePages(host: Host): Pick<Handlers<TablesContract>, PageRequest> {
  /** `whole` is what shares are of; `null` for everything in view. */
  const shown = (): { session: ProfileSession; view: View; whole: () => Promise<number | null> } => {
    const { current, view, shareOf } = host.active;
    if (!current || !view) throw new Problem('No recording is open.');
    const { session } = current;
    const whole = async () => (shareOf === 'all' ? (await session.ask('measure', { view })).whole : null);
    return { session, view, whole };
  };
  return {
    top: async (ask) => {
      const { session, view, whole } = shown();
      const answer = await session.ask('topRows', { ...ask, view });
      return { ...answer, whole: (await whole()) ?? answer.whole, rows: await withWorkspace(host, answer.rows) };
    },
    calls: async (ask) => {
      const { session, view, whole } = shown();
      const answer = await session.ask('callRows', { ...ask, view });
      return { ...answer, whole: (await whole()) ?? answer.whole, rows: await withWorkspace(host, answer.rows) };
    },
    expansion: (ask) => {
      const { session, view } = shown();
      return session.ask('callExpansion', { ...ask, view });
    },
    match: (ask) => {
      const { session, view } = shown();
      return session.ask('callMatch', { ...ask, view });
    },
    names: (ask) => {
      const { session, view } = shown();
      return session.ask('callNames', { ...ask, view });
    },
    nodes: (ask) => {
      const { session, view } = shown();
      return session.ask('callNodes', { ...ask, view });
    },
    copy: async ({ from, count, format, ...table }) => {
      const { session, view, whole } = shown();
      const page = { view, from, count, format, whole: await whole() };
      const { text, rows, of } =
        'top' in table
          ? await session.ask('topText', { ...table.top, ...page })
          : await session.ask('callText', { ...table.calls, ...page, locate: -1 });
      await vscode.env.clipboard.writeText(text);
      return { rows, of };
    },
  };
}

async function withWorkspace<R extends { readonly file: string }>(
  { sources }: Host,
  rows: readonly R[],
): Promise<(R & { readonly inWorkspace: boolean })[]> {
  const files = rows.map(({ file }) => file);
  const found = await workspaceFiles(sources, files);
  return rows.map((row) => ({ ...row, inWorkspace: found.has(row.file) }));
}
