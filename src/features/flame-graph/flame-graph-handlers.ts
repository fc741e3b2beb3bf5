import * as vscode from 'vscode';
import type { FlamePlaces } from '../../core/profile/flame-places.ts';
import type { Host } from '../../host/host.ts';
import { NEXT_STEPS } from '../../host/nothing-open.ts';
import { runStep } from '../../host/run-step.ts';
import { savePicture } from '../../host/save-picture.ts';
import type { Handlers } from '../../protocol/contract.ts';
import type { FlameGraphContract, Highlight } from '../../protocol/flame-graph.ts';
import { flameGraphState } from './flame-graph-state.ts';
import { flameGraphSandwich, flameGraphTree } from './flame-graph-tree.ts';
import type { ShownRecording } from './shown-recording.ts';

/** What a page is to go to, each once: asking takes it away. */
export interface WantedOnce {
  highlight(): Highlight | null;
  places(): FlamePlaces | null;
}

/** What answers a flame graph's page. */
export function flameGraphHandlers(
  host: Host,
  shown: ShownRecording,
  wanted: WantedOnce = { highlight: () => null, places: () => null },
): Handlers<FlameGraphContract> {
  const { recordings } = shown;
  return {
    state: () => flameGraphState(shown),
    tree: (wish) => flameGraphTree(shown, wish),
    sandwich: (wish) => flameGraphSandwich(shown, wish),
    look: (change) => {
      recordings.look(change);
      return null;
    },
    step: (which) => {
      recordings.current?.[which]();
      return null;
    },
    addFilter: async () => {
      host.active.show(recordings.current);
      await vscode.commands.executeCommand('perfwright.addFilter');
      return null;
    },
    open: async (place) => {
      // Sources are looked for by the active recording.
      host.active.show(recordings.current);
      await vscode.commands.executeCommand('perfwright.openSource', place);
      return null;
    },
    copy: async (text) => {
      await vscode.env.clipboard.writeText(text);
      return null;
    },
    save: (picture) => savePicture('the Flame Graph', picture),
    ...wanted,
    moved: (places) => {
      if (recordings.current) recordings.current.places = places;
      return null;
    },
    cancel: () => {
      recordings.opening?.cancel();
      return null;
    },
    act: (id) => (shown.act?.(id) ? null : runStep(id, [...NEXT_STEPS, ...(shown.failure?.actions ?? [])])),
  };
}
