import type { RunDraft } from '../../src/runs/store.ts';

/** A finished run without an artifact, for tests of the store. */
export function draft(changes: Partial<RunDraft> = {}): RunDraft {
  return {
    kind: 'cpu',
    title: 'matrix 400',
    state: 'done',
    tool: { name: 'perf', version: '6.1' },
    argv: ['perf', 'record'],
    cwd: '/w',
    target: { kind: 'program', argv: ['./matrix', '400'] },
    start: '2026-01-31T14:23:05.123Z',
    end: '2026-01-31T14:23:06.123Z',
    exit: { code: 0, signal: null },
    findings: [],
    environment: null,
    artifacts: [],
    summary: { samples: 3, values: [{ type: 'cpu-clock', unit: 'nanoseconds', total: 3e6 }], top: [] },
    quality: null,
    sources: [],
    owner: null,
    ...changes,
  };
}
