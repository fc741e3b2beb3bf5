import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseRecorder, type RecordRequest, recordersFor } from '../../src/tools/choose-recorder.ts';
import { needTool } from '../support/need-tool.ts';

const program = { kind: 'program', argv: ['python3', 'x.py'] } as const;

function request(more: Partial<RecordRequest>): RecordRequest {
  return { target: program, cwd: '/', env: process.env, wish: {}, required: [], toolPaths: {}, ...more };
}

describe('the tool that records', () => {
  const names = (more: Partial<RecordRequest>, runtime: Parameters<typeof recordersFor>[1]) =>
    recordersFor(request(more), runtime).map(({ tool }) => tool.name);

  test('is made for the language, and perf where there is none or it can’t be had', () => {
    assert.deepEqual(names({}, 'python'), ['py-spy', 'perf']);
    assert.deepEqual(names({}, 'native'), ['perf']);
    assert.deepEqual(names({}, 'go'), ['perf']);
    assert.deepEqual(names({ target: { kind: 'program', argv: ['go', 'test', '.'] } }, 'go'), ['go', 'perf']);
    assert.deepEqual(names({}, 'node'), ['node', 'perf']);
  });

  test('is one that can do what was asked for by name', () => {
    assert.deepEqual(names({ required: ['events'] }, 'python'), ['perf']);
    assert.deepEqual(names({ required: ['idle'] }, 'python'), ['py-spy']);
    assert.deepEqual(names({ required: ['idle'] }, 'native'), []);
    assert.deepEqual(names({ tool: 'perf' }, 'python'), ['perf']);
    assert.deepEqual(names({ tool: 'py-spy' }, 'native'), ['py-spy']);
    assert.deepEqual(names({ tool: 'py-spy', required: ['events', 'callGraph'] }, 'python'), []);
  });

  test('that lacks an option is refused, with the option named', async () => {
    const chosen = await chooseRecorder(request({ tool: 'py-spy', required: ['events', 'callGraph'] }));
    assert.ok(!chosen.ok);
    assert.deepEqual(
      chosen.findings.map(({ id, what }) => [id, what]),
      [['option-not-followed', 'py-spy has no such option: events, call graph.']],
    );
  });

  test('gives way to the next where it is missing, which is said with what is lost', {
    skip: needTool('perf'),
  }, async () => {
    const chosen = await chooseRecorder(request({ toolPaths: { 'py-spy': '/no/such/py-spy' } }));
    assert.ok(chosen.ok);
    assert.equal(chosen.recorder.tool.name, 'perf');
    const [missing] = chosen.plan.findings;
    assert.equal(missing.id, 'py-spy-missing');
    assert.equal(missing.level, 'limits');
    assert.match(missing.fallback, /^perf records it instead\. .*interpret/);
    assert.match(missing.fix, /perfwright\.tools\.py-spy\.path/);
  });

  test('that was named isn’t replaced', async () => {
    const chosen = await chooseRecorder(request({ tool: 'py-spy', toolPaths: { 'py-spy': '/no/such/py-spy' } }));
    assert.ok(!chosen.ok);
    assert.deepEqual(
      chosen.findings.map(({ id, level }) => [id, level]),
      [['py-spy-missing', 'stops']],
    );
  });
});
