import { foldedHead } from './folded/folded-head.ts';
import { isPySpyFrame, isPySpyPython, pySpyFrame, pySpyThread, pySpyThreadEnd } from './folded/py-spy-frame.ts';
import { readFolded } from './folded/read-folded.ts';
import type { Importer } from './importer.ts';

/**
 * Folded stacks of Python programs as `py-spy record --format raw` writes them. Recognised by its frames: at least half are
 * `function (file)` or `function (file:line)`, and one at least of those is in a Python file. (https://github.com/benfred/py-spy)
 */
export const pySpyRaw: Importer = {
  format: 'py-spy raw',
  // It has no usual ending.
  extensions: [],
  recognises(head) {
    const found = foldedHead(head);
    if (!found || found.stacks === 0 || found.stacks < found.others) return false;
    const own = found.frames.filter(isPySpyFrame);
    return own.length * 2 >= found.frames.length && own.some(isPySpyPython);
  },
  read(source, watch) {
    return readFolded(source, watch, {
      format: 'py-spy raw',
      producer: 'py-spy',
      frameOf: pySpyFrame,
      threadStarts: [LETTER_P, LETTER_T],
      threadEnd: pySpyThreadEnd,
      threadOf: pySpyThread,
      mayMislead: [
        'Samples are taken in wall-clock time; threads that py-spy takes for idle are left out unless it was asked for them.',
        'Recorded with --function, lines are those where functions begin.',
      ],
    });
  },
};

/** Of `process 12:` and `thread (34)`. */
const LETTER_P = 0x70;
const LETTER_T = 0x74;
