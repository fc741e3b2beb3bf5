import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOUR_SETTINGS } from '../support/bench/sample-tour.ts';
import { useWorkbench } from '../support/bench/use-workbench.ts';
import { eventually } from '../support/eventually.ts';
import { needTool } from '../support/need-tool.ts';

const bench = useWorkbench({ settings: TOUR_SETTINGS });

/** A program of each language: what is typed, the line on which most of its time is planted, and what of that line is searched for. */
const PROGRAMS = [
  {
    language: 'Python',
    needs: ['py-spy', 'python3'],
    command: 'python3 python/planted.py 2',
    tool: 'py-spy',
    line: 11,
    text: 'total +=',
  },
  {
    language: 'TypeScript',
    needs: ['node'],
    command: 'node node/planted.ts 2',
    tool: 'node',
    line: 12,
    text: 'total +=',
  },
] as const;

test('a lens over the main program of a Python file profiles it', { skip: needTool('py-spy', 'python3') }, async () => {
  const { workbench } = bench;
  await workbench.openFile('python/planted.py', 48);
  await workbench.lens('profile this program').click();
  await workbench.statusBar(/planted\.py · .*time/).waitFor();
  // Where a person looks at a file of the recording, they stay.
  await eventually(async () => assert.match(await workbench.endOfLine('main(float('), /9\d.* % · [\d.]+ m?s/));
});

for (const { language, needs, command, tool, line, text } of PROGRAMS) {
  test(`a ${language} program that is typed has its costs on its lines, without a word about tools`, {
    skip: needTool(...needs),
  }, async () => {
    const { workbench } = bench;
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Perfwright: Profile…');
    await workbench.pick('Type a command…');
    await workbench.enter(command);
    await workbench.statusBar(`Ln ${line}`).waitFor();
    // The language's own extension starts meanwhile.
    await eventually(async () => assert.match(await workbench.endOfLine(text), /[\d.]+ % · [\d.]+ m?s/));
    await workbench.lens(/\d % total/).waitFor();
    const { row } = await workbench.view('Perfwright', 'Runs');
    assert.match((await row(command).first().getAttribute('aria-label')) ?? '', new RegExp(tool));
  });
}
