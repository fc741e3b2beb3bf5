import { type Command, EXIT } from '../command.ts';
import { openInput, tellWarnings, VIEW_OPTIONS } from '../input.ts';
import { DRAWING_OPTIONS, OPERATION_NOTES } from '../operation-options.ts';
import { outputOf } from '../output.ts';

export const convert: Command = {
  usage: 'convert IN OUT [OPTIONS]',
  summary:
    'Write a recording in another format, by extension: .pb.gz .folded .speedscope.json .profile.json .svg .html',
  takes: 2,
  options: {
    format: {
      type: 'string',
      value: 'EXT',
      help: 'The extension of what is written to standard output: OUT is - then.',
    },
    ...VIEW_OPTIONS,
    ...DRAWING_OPTIONS,
  },
  notes: OPERATION_NOTES,
  async run(call) {
    const [from, to] = call.positionals;
    // Before a large recording is read for nothing.
    const output = outputOf(call, to);
    const input = await openInput(call, from);
    const losses = await output.write(input);
    tellWarnings(call, input);
    for (const loss of losses) call.terminal.err(`${output.name}: ${loss}\n`);
    return EXIT.fine;
  },
};
