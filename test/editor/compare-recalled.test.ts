import assert from 'node:assert/strict';
import { join } from 'node:path';
import type * as vscode from 'vscode';
import { fileSource } from '../../src/features/compare/compared-source.ts';
import { Comparison } from '../../src/features/compare/comparison.ts';
import { recall, remember } from '../../src/features/compare/remembered-comparison.ts';
import type { Host } from '../../src/host/host.ts';
import { editorHost, until } from '../support/editor-host.ts';

suite('what was compared when the window closed', () => {
  const opened: Comparison[] = [];
  let host: Host;
  let state: Map<string, unknown>;
  /** A window that has just been opened. */
  const window = () => {
    const workspaceState = {
      get: (key: string) => state.get(key),
      update: async (key: string, value: unknown) => void state.set(key, structuredClone(value)),
    };
    const asAbsolutePath = (file: string) => host.context.asAbsolutePath(file);
    const context = { workspaceState, asAbsolutePath } as unknown as vscode.ExtensionContext;
    const own: Host = { ...host, context };
    const comparison = new Comparison(own);
    opened.push(comparison);
    return { own, comparison };
  };
  const recalled = async () => {
    const { own, comparison } = window();
    recall(own, comparison);
    await until(() => comparison.opened, Boolean);
    return comparison;
  };
  const compared = async () => {
    const { own, comparison } = window();
    const [a, b] = await Promise.all(
      ['go-cpu.pb', 'go-cpu.pb'].map((name) =>
        fileSource(join(host.context.extensionPath, 'test', 'fixtures', 'pprof', name)),
      ),
    );
    await comparison.open({ before: a, after: b });
    return { own, comparison };
  };

  suiteSetup(async () => {
    host = await editorHost();
  });
  setup(() => {
    state = new Map();
  });
  teardown(() => {
    for (const comparison of opened.splice(0)) comparison.dispose();
  });

  test('is looked at as it was', async () => {
    const { own, comparison } = await compared();
    const { values } = comparison.required().sides;
    const value = values.findIndex((_, at) => at !== comparison.look.value);
    comparison.setRequests({ before: 1200, after: 1350, name: 'request' });
    comparison.setLook({
      value,
      normalise: 'requests',
      width: 'change',
      inlines: false,
      kernel: false,
      operations: [{ op: 'focus', pattern: 'main' }],
    });
    remember(own, comparison);
    const same = await recalled();
    assert.deepEqual(same.look, comparison.look);
    assert.deepEqual(same.view, comparison.view);
  }).timeout(60_000);

  test('is looked at anew, as far as another version stored what isn’t known here', async () => {
    const { own, comparison } = await compared();
    remember(own, comparison);
    const [[key, pair]] = [...state] as [[string, object]];
    state.set(key, {
      ...pair,
      operations: 'all',
      look: {
        normalise: '__proto__',
        width: 7,
        inlines: 'no',
        kernel: false,
        valueName: {},
        requests: { before: 0, after: 'x' },
      },
    });
    const { look, requests } = await recalled();
    assert.deepEqual(look, { ...comparison.look, kernel: false });
    assert.equal(requests, null);
    const { look: _, ...older } = state.get(key) as { look: unknown };
    state.set(key, older);
    assert.deepEqual((await recalled()).look, comparison.look);
  }).timeout(60_000);
});
