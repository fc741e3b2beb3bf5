import { PerfScriptParser } from '../core/importers/perf-script/parser.ts';
import type { Profile } from '../core/profile/profile.ts';
import { startProcess } from '../tools/run.ts';
import { withWarning } from './with-warning.ts';

/** What perf prints of each sample: no names, for those are looked up as for every other recording. */
const COLUMNS = 'comm,pid,tid,time,event,period,ip,dso';

/**
 * The recording with its stacks unwound from the copies of stack memory in it, which only perf can do: `perf script` prints them and is
 * read as it prints. What is known of the recording itself stays that of `direct`, the profile read without perf. Throws the signal's
 * reason; where perf fails, gives `direct` with a warning.
 */
export async function unwoundByPerf(
  path: string,
  direct: Profile,
  perf: string,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<Profile> {
  const run = startProcess([perf, 'script', '--no-inline', '--ns', '-F', COLUMNS, '-i', path], { signal });
  const parser = new PerfScriptParser({ unresolved: true });
  let complaint = '';
  run.stdin.end();
  run.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-LONGEST_COMPLAINT);
  });
  for await (const chunk of run.stdout as AsyncIterable<Buffer>) {
    parser.write(chunk);
    progress(Math.min(1, parser.sampleCount / Math.max(1, direct.samples.length)));
  }
  const { exitCode } = await run.ended;
  signal?.throwIfAborted();
  if (exitCode !== 0 && parser.sampleCount === 0) return withWarning(direct, notUnwound(complaint));
  const unwound = withBuildIds(parser.finish(), direct);
  const { warnings } = direct.quality;
  const cut = exitCode === 0 ? [] : [`perf script ended with exit code ${exitCode}: some samples may be missing.`];
  return {
    ...unwound,
    origin: { ...direct.origin, startTimeNs: unwound.origin.startTimeNs },
    quality: {
      ...direct.quality,
      warnings: [...warnings.filter((warning) => !warning.includes('--call-graph dwarf')), ...cut],
    },
  };
}

const LONGEST_COMPLAINT = 2000;

function notUnwound(complaint: string): string {
  const said = complaint.trim().split('\n').at(-1) ?? '';
  return `perf script could not unwind the stacks${said === '' ? '' : `: ${said}`}`;
}

/** perf script prints no build-ids; the recording has them, by path. */
function withBuildIds(unwound: Profile, { modules, strings: known }: Profile): Profile {
  const byPath = new Map(
    Array.from({ length: modules.length }, (_, at) => [known[modules.path[at]], known[modules.buildId[at]]]),
  );
  const strings = [...unwound.strings];
  const buildId = Array.from({ length: unwound.modules.length }, (_, at) => {
    const id = byPath.get(unwound.strings[unwound.modules.path[at]]);
    return id ? strings.push(id) - 1 : 0;
  });
  return { ...unwound, strings, modules: { ...unwound.modules, buildId } };
}
