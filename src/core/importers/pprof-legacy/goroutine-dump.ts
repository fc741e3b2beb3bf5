import { type Label, ProfileBuilder } from '../../profile/builder.ts';
import { type FrameIndex, NONE } from '../../profile/profile.ts';
import { AT_ONE_MOMENT } from '../pprof/meaning.ts';
import { FORMAT, type LegacyFormat } from './format.ts';
import { TextLines } from './text-lines.ts';

/**
 * The stacks of all goroutines at one moment, as Go prints them for people (goroutine profiles with `debug=2`, and when a program is
 * killed with SIGQUIT or panics). pprof doesn't read it; `go tool pprof` reads the same as `debug=0`. (`traceback` in
 * https://github.com/golang/go/blob/master/src/runtime/traceback.go)
 */
export const goroutineDump: LegacyFormat = {
  recognises: (_, lines) => {
    const at = lines.findIndex((line) => HEAD.test(line));
    return at !== -1 && at < 8 && isCall(lines[at + 1] ?? '');
  },
  read(source, watch) {
    const lines = new TextLines();
    const builder = new ProfileBuilder();
    const value = builder.value('goroutine', 'count');
    let frames: FrameIndex[] = [];
    let labels: Label[] = [];
    let name = '';
    let isGoroutine = false;
    let elided = 0;
    const endGoroutine = () => {
      if (isGoroutine) {
        const row = builder.sample(builder.stackOf(frames.toReversed()), NONE, Number.NaN, builder.labelSet(labels));
        builder.addWeight(row, value, 1);
      }
      isGoroutine = false;
      frames = [];
      labels = [];
      name = '';
    };
    lines.read(source, watch, (line) => {
      const head = HEAD.exec(line);
      if (head) {
        endGoroutine();
        isGoroutine = true;
        const [state, ...details] = head[1].split(', ');
        labels.push({ key: 'state', text: state });
        for (const detail of details) {
          const minutes = /^(\d{1,9}) minutes$/.exec(detail);
          labels.push(
            minutes ? { key: 'waiting', number: Number(minutes[1]), unit: 'minutes' } : { key: 'note', text: detail },
          );
        }
        return;
      }
      if (!isGoroutine) return;
      if (line === '' || AFTERWARDS.test(line)) {
        endGoroutine();
        return;
      }
      const place = name === '' ? null : PLACE.exec(line);
      if (place) {
        const isCreator = name.startsWith(CREATED_BY);
        if (isCreator)
          labels.push({ key: 'created by', text: name.slice(CREATED_BY.length).replace(/ in goroutine \d+$/, '') });
        else
          frames.push(builder.frame({ function: builder.function({ name, file: place[1] }), line: Number(place[2]) }));
        name = '';
        return;
      }
      if (/^\.\.\.(?:additional|\d+) frames elided\.\.\.$/.test(line)) elided++;
      else if (line.startsWith(CREATED_BY)) name = line;
      else if (isCall(line)) name = line.slice(0, line.lastIndexOf('('));
      else lines.refuse();
    });
    if (name !== '') lines.warnings.push('The place of its last function is missing: the file is cut short.');
    endGoroutine();
    return builder.finish({
      origin: {
        format: FORMAT,
        period: { type: 'goroutine', unit: 'count', amount: 1 },
        mayMislead: [AT_ONE_MOMENT],
      },
      quality: { brokenStacks: elided, warnings: lines.warnings },
      defaultValue: value,
    });
  },
};

/** `goroutine 41 [chan receive, 2 minutes]:`; newer versions print more between number and bracket. */
const HEAD = /^goroutine \d+ [^[]*\[([^\]]*)\][^:]*:$/;
/** `/a/b.go:12 +0x1d`; with GOTRACEBACK=system or crash also where its frame is, ` fp=0xc000 sp=0xc000 pc=0x4`. */
const PLACE = /^(.+):(\d{1,9})(?: \+0x[\da-f]+)?(?: fp=0x[\da-f]+ sp=0x[\da-f]+ pc=0x[\da-f]+)?$/;
/** What follows the last goroutine without a blank line: registers, and what `go run` says. */
const AFTERWARDS = /^(?:[a-z][a-z\d]{1,6} +0x[\da-f]{1,16}|exit status \d{1,3})$/;
const CREATED_BY = 'created by ';

/** Whether a line is such as `net/http.(*conn).serve(0xc0001ca071, 0x9)`. */
function isCall(line: string): boolean {
  return /^\S/.test(line) && line.endsWith(')') && line.indexOf('(', 1) !== -1;
}
