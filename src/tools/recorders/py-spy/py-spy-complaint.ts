import type { Finding } from '../../finding.ts';

/** What py-spy's last words mean, as a finding that stops; quoted where they aren't known. */
export function pySpyComplaint(stderr: string, exit: string): Finding {
  const words = ownWords(stderr);
  for (const { says, means } of COMPLAINTS) if (says.test(words)) return { level: 'stops', fallback: '', ...means };
  return {
    id: 'py-spy-failed',
    level: 'stops',
    what: 'py-spy could not record.',
    why: words === '' ? `It ended with ${exit} and said nothing.` : `It ended with ${exit} and said: ${words}`,
    fix: '',
    fallback: 'perf can record the program; it shows the interpreter instead of its functions and lines.',
  };
}

/** From its last `Error:` to its backtrace: what comes before may be its program's. */
function ownWords(stderr: string): string {
  const start = stderr.lastIndexOf('\nError: ') + 1;
  const words = stderr.slice(stderr.startsWith('Error: ', start) ? start + 'Error: '.length : 0);
  return words
    .replace(/\n\s*Stack backtrace:[\s\S]*$/, '')
    .trim()
    .split('\n')
    .slice(0, 6)
    .join('\n');
}

interface Complaint {
  readonly says: RegExp;
  readonly means: Pick<Finding, 'id' | 'what' | 'why' | 'fix'> & Partial<Finding>;
}

/** py-spy's words (src/main.rs, src/python_process_info.rs, src/sampler.rs of https://github.com/benfred/py-spy), the most telling first. */
const COMPLAINTS: readonly Complaint[] = [
  {
    says: /No space left on device/,
    means: {
      id: 'disk-full',
      what: 'The disk is full.',
      why: 'py-spy could not write its file.',
      fix: 'Free some space, or delete old runs.',
    },
  },
  {
    says: /Permission denied|Operation not permitted|os error 1\)/i,
    means: {
      id: 'ptrace-refused',
      what: 'py-spy may not look into the process.',
      why: 'The kernel refused to let it read the process’s memory, as it does for processes of other users, and in containers without the right.',
      fix: 'Record as root, or start the container with --cap-add SYS_PTRACE.',
    },
  },
  {
    says: /Failed to find python version|No python processes found/,
    means: {
      id: 'not-python',
      what: 'py-spy found no Python in it.',
      why: 'It runs no Python, or ended within some hundredths of a second.',
      fix: 'See what it printed; give it more to do; or choose another tool, such as perf.',
    },
  },
  {
    says: /Check that the process is running|No such process|os error 3\)|No child process/,
    means: {
      id: 'ended-at-once',
      what: 'The program ended before py-spy could look into it.',
      why: 'It ran for some hundredths of a second at most.',
      fix: 'Give it more to do.',
    },
  },
];
