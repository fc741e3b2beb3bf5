import { foldedHead } from './folded/folded-head.ts';
import { markedFrame } from './folded/marked-frame.ts';
import { readFolded } from './folded/read-folded.ts';
import type { Importer } from './importer.ts';

/**
 * Folded stacks, `main;work;sum 12` a line, as stackcollapse-*.pl, inferno, bpftrace and many more write them, and with two numbers as
 * difffolded.pl does. Lines that don't end in a number are left out, as flamegraph.pl leaves them out.
 * (https://github.com/brendangregg/FlameGraph)
 */
export const folded: Importer = {
  format: 'folded',
  extensions: ['.folded', '.collapsed', '.stacks'],
  recognises(head) {
    const found = foldedHead(head);
    return found !== undefined && found.nested > 0 && found.stacks >= found.others;
  },
  // Stacks of one frame look like any list of words and numbers.
  isLikely(head) {
    const found = foldedHead(head);
    return found !== undefined && found.stacks > 0 && found.stacks >= found.others;
  },
  read(source, watch) {
    return readFolded(source, watch, {
      format: 'folded',
      producer: '',
      frameOf: markedFrame,
      mayMislead: [
        'What the numbers count (samples, nanoseconds, bytes) is not said in this format.',
        'The outermost frame may be a process or a thread: this format has frames only.',
        'There are no lines in it.',
      ],
    });
  },
};
