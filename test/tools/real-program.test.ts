import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { withoutShim } from '../../src/tools/real-program.ts';

describe('a version manager’s stand-in for a program', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shim é '));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const script = (path: string, text: string) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    chmodSync(join(folder, path), 0o755);
    return join(folder, path);
  };
  const env = { PATH: [join(folder, 'shims'), join(folder, 'bin'), process.env['PATH']].join(delimiter) };
  const of = (...argv: string[]) => withoutShim(argv, folder, env);
  const real = script('versions/3/python3', '#!/bin/sh\n');
  script('shims/python3', '#!/bin/sh\nexec pyenv exec python3 "$@"\n');
  script('shims/lost', '#!/bin/sh\nexec pyenv exec lost "$@"\n');
  script('shims/own', '#!/bin/sh\necho a script of somebody\n');
  script(
    'bin/pyenv',
    `#!/bin/sh\n[ "$2" = python3 ] && echo '${real}' || { echo "pyenv: $2: not found" >&2; exit 127; }\n`,
  );

  test('is replaced by what its manager says it stands for', async () => {
    assert.deepEqual(await of('python3', 'a b.py', '-x'), [real, 'a b.py', '-x']);
    assert.deepEqual(await of(join(folder, 'shims/python3')), [real]);
  });

  test('stays where the manager doesn’t know, or it is none', async () => {
    for (const argv of [['lost', 'x'], ['own'], ['sh', '-c', 'x'], ['no-such'], [real]])
      assert.deepEqual(await of(...argv), argv);
  });
});
