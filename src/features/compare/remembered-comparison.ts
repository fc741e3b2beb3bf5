import type { Operation } from '../../core/profile/operations/operation.ts';
import type { Host } from '../../host/host.ts';
import { type RememberedSource, recalled, remembered } from './compared-source.ts';
import type { Comparison } from './comparison.ts';
import { type KeptLook, keptLook } from './kept-look.ts';

/** Plain data; another version may have stored it. */
interface RememberedPair {
  readonly before: RememberedSource;
  readonly after: RememberedSource;
  readonly operations?: readonly Operation[];
  readonly look?: KeptLook;
}

/** What is compared, and how it is looked at, come back after a reload of the window. */
export function remember({ context }: Host, { pair, look: { operations }, keptLook: look }: Comparison): void {
  const state: RememberedPair | undefined = pair && {
    before: remembered(pair.before),
    after: remembered(pair.after),
    operations,
    look,
  };
  void context.workspaceState.update(STATE, state);
}

/** Compares again what was remembered, unless something is compared already. */
export function recall(host: Host, comparison: Comparison): void {
  const { context, log } = host;
  const state = context.workspaceState.get<RememberedPair>(STATE);
  if (comparison.pair || !state) return;
  const open = async () => {
    const [before, after] = await Promise.all([recalled(host, state.before), recalled(host, state.after)]);
    if (comparison.pair) return;
    comparison.lookNext(keptLook(state.look));
    await comparison.open({ before, after }, Array.isArray(state.operations) ? state.operations : []);
  };
  open().catch(async (error: unknown) => {
    log.info(`What was compared last can't be compared again: ${error}`);
    await forget(host);
  });
}

/** Nothing is compared any more. */
export function forget({ context }: Host): Thenable<void> {
  return context.workspaceState.update(STATE, undefined);
}

const STATE = 'perfwright.compared';
