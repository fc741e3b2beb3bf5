import { resolve } from 'node:path';
import { writeRecording } from '../../runs/write-recording.ts';
import { type Command, EXIT, UsageError } from '../command.ts';
import { openInput, VIEW_OPTIONS } from '../input.ts';

export const convert: Command = {
  usage: 'convert IN OUT',
  summary:
    'Write a recording in another format, by extension: .pb.gz .folded .speedscope.json .profile.json .svg .html',
  options: VIEW_OPTIONS,
  async run(call) {
    const [from, to] = call.positionals;
    if (to === undefined) throw new UsageError('OUT is missing: the file to write. See perfwright convert --help.');
    const input = await openInput(call, from);
    const losses = await writeRecording(input.model, input.view, resolve(call.cwd, to));
    for (const loss of losses) call.terminal.err(`Not in ${to}: ${loss}\n`);
    return EXIT.fine;
  },
};
