import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLine, commandWords } from '../../../src/features/profile/targets/command-words.ts';
import { readEnvFile } from '../../../src/features/profile/targets/env-file.ts';
import { launchProgram } from '../../../src/features/profile/targets/launch-program.ts';
import type { RawTarget } from '../../../src/features/profile/targets/raw-program.ts';
import { substitute } from '../../../src/features/profile/targets/substitute.ts';
import { taskProgram } from '../../../src/features/profile/targets/task-program.ts';

const argvOf = (target: RawTarget | undefined) => (target && 'program' in target ? target.program.argv : undefined);

test('a launch configuration of cpptools gives program, arguments, folder, environment and the task before it', () => {
  const target = launchProgram({
    type: 'cppdbg',
    request: 'launch',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
    program: '${workspaceFolder}/build/app',
    args: ['--size', '10 0'],
    cwd: '/somewhere',
    environment: [{ name: 'A', value: 'a=b' }],
    envFile: '/env',
    preLaunchTask: 'build',
  });
  assert.deepEqual(target, {
    program: {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
      argv: ['${workspaceFolder}/build/app', '--size', '10 0'],
      cwd: '/somewhere',
      env: { A: 'a=b' },
      envFile: '/env',
      before: ['build'],
    },
  });
});

test("each native debugger's own way to name program and arguments is read", () => {
  assert.deepEqual(argvOf(launchProgram({ type: 'lldb', program: 'a', args: 'x "y z"' })), ['a', 'x', 'y z']);
  assert.deepEqual(argvOf(launchProgram({ type: 'lldb-dap', program: 'a', args: [1] })), ['a', '1']);
  assert.deepEqual(argvOf(launchProgram({ type: 'gdb', target: 'a', arguments: 'x y' })), ['a', 'x', 'y']);
  assert.deepEqual(argvOf(launchProgram({ type: 'go', mode: 'exec', program: 'a' })), ['a']);
});

test('what only holds on Linux comes before the rest', () => {
  assert.deepEqual(argvOf(launchProgram({ type: 'cppdbg', program: 'a', linux: { program: 'b' } })), ['b']);
});

test('a configuration that cannot be profiled says why', () => {
  assert.match(JSON.stringify(launchProgram({ type: 'node', program: 'a.js' })), /type node start no native program/);
  assert.match(JSON.stringify(launchProgram({ type: 'cppdbg', request: 'attach' })), /attaches to a process/);
  assert.match(JSON.stringify(launchProgram({ type: 'lldb', cargo: {} })), /names no program/);
  assert.match(JSON.stringify(launchProgram({ type: 'lldb', program: 'a', args: 'x | y' })), /need a shell/);
  assert.match(JSON.stringify(launchProgram({})), /type none/);
  assert.match(JSON.stringify(launchProgram({ type: 'constructor', program: 'a' })), /type constructor start no/);
});

test('an environment may be written as an object or as a list', () => {
  const envOf = (target: RawTarget) => ('program' in target ? target.program.env : undefined);
  assert.deepEqual(envOf(launchProgram({ type: 'lldb', program: 'a', env: { A: 1, B: null } })), { A: '1', B: null });
  assert.deepEqual(envOf(launchProgram({ type: 'lldb-dap', program: 'a', env: ['A=1=2', 'B'] })), { A: '1=2', B: '' });
});

test('a process task and a shell task are programs; a build task and other types are not', () => {
  assert.deepEqual(argvOf(taskProgram({ type: 'process', command: 'a b', args: ['c'] })), ['a b', 'c']);
  assert.deepEqual(argvOf(taskProgram({ type: 'shell', command: './a "b c"' })), ['./a', 'b c']);
  const quoted = { type: 'shell', command: 'a', args: [{ value: 'b c', quoting: 'strong' }] };
  assert.deepEqual(argvOf(taskProgram(quoted)), ['a', 'b c']);
  assert.equal(taskProgram({ type: 'shell', command: 'make', group: 'build' }), undefined);
  assert.equal(taskProgram({ type: 'shell', command: 'make', group: { kind: 'build', isDefault: true } }), undefined);
  assert.equal(taskProgram({ type: 'npm', script: 'test' }), undefined);
  assert.match(JSON.stringify(taskProgram({ type: 'shell', command: 'a | b' })), /needs a shell/);
});

test("a task takes the file's options where it has none of its own", () => {
  const target = taskProgram(
    { type: 'process', command: 'a', options: { env: { B: '2' } }, dependsOn: ['build', { task: 'x' }] },
    { options: { cwd: '/all', env: { A: '1', B: '1' } } },
  );
  assert.deepEqual(target && 'program' in target && [target.program.cwd, target.program.env, target.program.before], [
    '/all',
    { A: '1', B: '2' },
    ['build'],
  ]);
});

test('a command line is taken apart as a shell would, or not at all', () => {
  assert.deepEqual(commandWords(`a 'b c' "d \\"e\\" \\n" f\\ g ''`), ['a', 'b c', 'd "e" \\n', 'f g', '']);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
  assert.deepEqual(commandWords('${workspaceFolder}/a "${file}"'), ['${workspaceFolder}/a', '${file}']);
  for (const line of [
    'a | b',
    'a; b',
    'a > b',
    'a $B',
    'a `b`',
    'a *',
    "a 'b",
    'a "b',
    'a \\',
    '~/a',
    '',
    '  ',
    'a &',
  ]) {
    assert.equal(commandWords(line), undefined, line);
  }
});

test('a command line that was written from words is read back as these words', () => {
  const words = ['/a b/c', "it's", '', '$x', 'plain-1.0', '--a=b', 'new\nline'];
  assert.deepEqual(commandWords(commandLine(words)), words);
  assert.equal(commandLine(['A=1', '--a=b', 'a b']), "'A=1' --a=b 'a b'", 'a program of an odd name sets no variable');
});

test('an environment file is read with quotes, export and comments', () => {
  const text = '\uFEFFA=1\r\n# B=2\nexport C="x y" # z\nD=\'a b\'\nE = f # g\nno\nF=a#b\n';
  assert.deepEqual(readEnvFile(text), { A: '1', C: 'x y', D: 'a b', E: 'f', F: 'a#b' });
});

test('variables are put in, and an unknown one is an error', async () => {
  const resolve = async (name: string, argument: string) => (name === 'a' ? `<${argument}>` : undefined);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
  assert.equal(await substitute('x${a}y${a:b:c}z', resolve), 'x<>y<b:c>z');
  // biome-ignore lint/suspicious/noTemplateCurlyInString: VS Code's own variables
  await assert.rejects(substitute('${nothing}', resolve), /\$\{nothing\} stands for nothing/);
});
