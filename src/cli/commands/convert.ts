import { resolve } from 'node:path';
import { writeRecording, writerFor } from '../../runs/write-recording.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openInput, tellWarnings, VIEW_OPTIONS } from '../input.ts';
import { DRAWING_OPTIONS, OPERATION_NOTES } from '../operation-options.ts';

export const convert: Command = {
  usage: 'convert IN OUT [OPTIONS]',
  summary:
    'Write a recording in another format, by extension: .pb.gz .folded .speedscope.json .profile.json .svg .html',
  takes: 2,
  options: { ...VIEW_OPTIONS, ...DRAWING_OPTIONS },
  notes: OPERATION_NOTES,
  async run(call) {
    const [from, to] = call.positionals;
    if (to === undefined) throw new UsageError('OUT is missing: the file to write. See perfwright convert --help.');
    const path = resolve(call.cwd, to);
    // Before a large recording is read for nothing.
    writerFor(path);
    const input = await openInput(call, from);
    const losses = await writeRecording(input.model, input.view, path, input.path);
    tellWarnings(call, input);
    for (const loss of losses) call.terminal.err(`Not in ${to}: ${loss}\n`);
    return EXIT.fine;
  },
};
