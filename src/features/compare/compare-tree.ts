import type { Host } from '../../host/host.ts';
import { inWorkspace } from '../../host/workspace-files.ts';
import type { CompareTree } from '../../protocol/compare.ts';
import type { Comparison } from './comparison.ts';

/** The call tree of both in the current view. */
export async function compareTree(host: Host, comparison: Comparison): Promise<CompareTree> {
  const { session } = comparison.required();
  const { view, look } = comparison;
  const answer = await session.ask('diffFlameGraph', { view, width: look.width });
  return { ...answer, inWorkspace: await inWorkspace(host.sources, answer.tree.functions.file) };
}
