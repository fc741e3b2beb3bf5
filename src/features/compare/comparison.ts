import * as vscode from 'vscode';
import type { Requests } from '../../core/profile/diff/normalisation.ts';
import type { DiffView } from '../../core/profile/diff/queries/diff-model.ts';
import type { DiffSides } from '../../core/profile/diff/queries/diff-sides.ts';
import type { Operation } from '../../core/profile/operations/operation.ts';
import type { Host } from '../../host/host.ts';
import { isCancelled, Problem } from '../../host/problem.ts';
import { toolPaths } from '../../host/tool-paths.ts';
import type { CompareLook } from '../../protocol/compare.ts';
import { type ComparisonProgress, type ComparisonSession, openComparison } from '../../runs/comparison-session.ts';
import type { ComparedSource } from './compared-source.ts';
import type { KeptLook } from './kept-look.ts';

/** The two that are, or are to be, compared. */
export interface Pair {
  readonly before: ComparedSource;
  readonly after: ComparedSource;
}

export interface OpenedComparison extends Pair {
  readonly id: string;
  readonly session: ComparisonSession;
  readonly sides: DiffSides;
}

interface Opening {
  readonly pair: Pair;
  readonly cancel: AbortController;
  progress?: ComparisonProgress;
}

/** The one comparison of the window: what it is of, how far its reading is, how it is looked at. */
export class Comparison implements vscode.Disposable {
  readonly #host: Host;
  readonly #changed = new vscode.EventEmitter<'state' | 'view'>();
  #opened: OpenedComparison | undefined;
  #opening: Opening | undefined;
  #failure: { readonly pair: Pair; readonly message: string } | undefined;
  #look: CompareLook = START;
  #requests: Requests | null = null;
  #count = 0;
  /** Ends when the last swap has. */
  #swapped: Promise<void> = Promise.resolve();
  /** What the value is called that a person chose: another pair may have it in another place. */
  #valueName = '';

  readonly onDidChange = this.#changed.event;

  constructor(host: Host) {
    this.#host = host;
  }

  get opened(): OpenedComparison | undefined {
    return this.#opened;
  }

  get opening(): { readonly pair: Pair; readonly progress?: ComparisonProgress } | undefined {
    return this.#opening;
  }

  get failure(): { readonly pair: Pair; readonly message: string } | undefined {
    return this.#failure;
  }

  get look(): CompareLook {
    return this.#look;
  }

  /** How it is looked at beside the filters, for another reading of it. */
  get keptLook(): KeptLook {
    const { normalise, width, inlines, kernel } = this.#look;
    return { normalise, width, inlines, kernel, valueName: this.#valueName, requests: this.#requests };
  }

  get requests(): Requests | null {
    return this.#requests;
  }

  /** What is compared, or is being read, or could not be. */
  get pair(): Pair | undefined {
    return this.#opening?.pair ?? this.#opened ?? this.#failure?.pair;
  }

  /** How the worker is asked. Throws where nothing is compared. */
  get view(): DiffView {
    this.required();
    const { value, inlines, kernel, operations, normalise } = this.#look;
    const requests = normalise === 'requests' ? this.#requests : null;
    return { value, inlines, kernel, operations, normalise, requests };
  }

  required(): OpenedComparison {
    if (!this.#opened) throw new Problem('Nothing is compared. Choose two profiles first.');
    return this.#opened;
  }

  /**
   * Reads both, in place of what was compared so far; without operations, those of it are done to them too. Failures are told by `failure`, and
   * not thrown.
   */
  async open(pair: Pair, operations: readonly Operation[] = this.#look.operations): Promise<void> {
    this.#end();
    this.#look = { ...this.#look, operations };
    const cancel = new AbortController();
    const opening: Opening = { pair, cancel };
    this.#opening = opening;
    this.#changed.fire('state');
    try {
      const session = await openComparison(pair.before, pair.after, {
        worker: this.#host.context.asAbsolutePath('dist/worker.cjs'),
        toolPaths: toolPaths(),
        launches: vscode.workspace.isTrusted,
        signal: cancel.signal,
        progress: (progress) => {
          opening.progress = progress;
          this.#changed.fire('state');
        },
      });
      const [sides, known] = await Promise.all([
        session.ask('diffSides', undefined),
        // They may be those of another version, as remembered.
        session.ask('knownOperations', { data: operations }),
      ]).catch((error: unknown) => {
        session.close();
        throw error;
      });
      // Something else was asked for meanwhile.
      if (this.#opening !== opening) return session.close();
      this.#opening = undefined;
      if (sides.values.length === 0) {
        session.close();
        this.#failure = { pair, message: nothingInCommon(sides) };
        this.#changed.fire('state');
      } else {
        this.#look = { ...this.#look, operations: known };
        this.#show(pair, session, sides);
      }
    } catch (error) {
      if (this.#opening !== opening) return;
      this.#opening = undefined;
      const message = isCancelled(error) ? 'It was cancelled.' : error instanceof Error ? error.message : String(error);
      this.#failure = { pair, message };
      this.#changed.fire('state');
    }
  }

  /** What was before is after: both are read already, and only change places. Requests, where they count, change places too. */
  swap(): Promise<void> {
    // One after the other: the second of two is of what the first has made.
    const swapped = this.#swapped.then(() => this.#swap());
    this.#swapped = swapped.catch(() => {});
    return swapped;
  }

  async #swap(): Promise<void> {
    const { pair } = this;
    if (!pair) return;
    const swapped = { before: pair.after, after: pair.before };
    const former = this.#opened;
    if (!former) return this.open(swapped);
    await former.session.swap();
    const sides = await former.session.ask('diffSides', undefined);
    if (this.#opened !== former) return;
    if (this.#requests)
      this.#requests = { ...this.#requests, before: this.#requests.after, after: this.#requests.before };
    const { type } = former.sides.values[this.#look.value];
    this.#show(swapped, former.session, sides, type);
  }

  setLook(change: Partial<CompareLook>): void {
    this.#look = { ...this.#look, ...change };
    const value = change.value === undefined ? undefined : this.#opened?.sides.values[change.value];
    if (value) this.#valueName = value.type;
    this.#changed.fire('view');
  }

  /** Looks so at what is opened next, as far as that can be done with it. */
  lookNext({ valueName = this.#valueName, requests = this.#requests, ...look }: Partial<KeptLook>): void {
    this.#look = { ...this.#look, ...look };
    this.#valueName = valueName;
    this.#requests = requests;
  }

  setRequests(requests: Requests): void {
    this.#requests = requests;
  }

  cancel(): void {
    this.#opening?.cancel.abort();
  }

  /** Lets go of both profiles. */
  close(): void {
    this.#end();
    this.#look = START;
    this.#valueName = '';
    this.#changed.fire('state');
  }

  dispose(): void {
    this.#end();
    this.#changed.dispose();
  }

  /** As it was looked at before, as far as that can be done with these two. */
  #show(pair: Pair, session: ComparisonSession, sides: DiffSides, valueName = this.#valueName): void {
    const { values, normalisations, defaultValue } = sides;
    const former = values.findIndex(({ type }) => type === valueName);
    const { normalise } = this.#look;
    const isPossible = normalisations.includes(normalise) && (normalise !== 'requests' || this.#requests !== null);
    this.#look = {
      ...this.#look,
      value: former === -1 ? defaultValue : former,
      normalise: isPossible ? normalise : 'nothing',
    };
    this.#opened = { ...pair, id: `${++this.#count}`, session, sides };
    this.#changed.fire('state');
  }

  #end(): void {
    this.#opening?.cancel.abort();
    this.#opened?.session.close();
    this.#opening = undefined;
    this.#opened = undefined;
    this.#failure = undefined;
  }
}

const START: CompareLook = {
  value: 0,
  normalise: 'nothing',
  width: 'after',
  inlines: true,
  kernel: true,
  operations: [],
};

function nothingInCommon({ before, after }: DiffSides): string {
  const names = ({ values }: DiffSides['before']) => values.map(({ type, unit }) => `${type} (${unit})`).join(', ');
  return `They measure nothing in common: ${names(before)} before, ${names(after)} after. Record both with the same event.`;
}
