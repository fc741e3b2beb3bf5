import { parentPort } from 'node:worker_threads';
import { importProfile } from '../../src/core/importers/import-profile.ts';
import { MalformedInput, UnrecognisedInput } from '../../src/core/importers/importer.ts';
import { bytesInMemory } from '../../src/core/importers/reading/byte-source.ts';
import { GROUPINGS } from '../../src/core/profile/frame-keys.ts';
import { ask } from '../../src/core/profile/queries/index.ts';
import { QueryModel } from '../../src/core/profile/queries/query-model.ts';
import type { Verdict } from './fuzz.ts';

parentPort!.on('message', (bytes: Uint8Array) => parentPort!.postMessage(verdict(bytes)));

function verdict(bytes: Uint8Array): Verdict {
  try {
    const model = new QueryModel(importProfile(bytesInMemory(bytes, 'damaged')));
    const view = model.defaultView;
    ask(model, 'overview', undefined);
    for (const by of GROUPINGS) ask(model, 'top', { view, by });
    ask(model, 'flameGraph', { view });
    return {};
  } catch (error) {
    if (error instanceof UnrecognisedInput || error instanceof MalformedInput) return {};
    return { fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
