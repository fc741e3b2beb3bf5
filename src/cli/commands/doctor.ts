import { type DetectedTool, detectTool } from '../../tools/detect-tool.ts';
import { findingText } from '../../tools/finding.ts';
import { TOOLS } from '../../tools/index.ts';
import { RECORDERS } from '../../tools/recorders/index.ts';
import { preflight } from '../../tools/recorders/perf/perf-preflight.ts';
import type { Tool } from '../../tools/tool.ts';
import { type Command, EXIT } from '../command.ts';

export const doctor: Command = {
  usage: 'doctor [--json]',
  summary: 'Which tools and rights are here, what each missing one costs, and the exact fix.',
  takes: 0,
  options: { json: { type: 'boolean', help: 'Print JSON, schema perfwright.doctor/1.' } },
  async run(call) {
    const tools = await Promise.all(TOOLS.map(async (tool) => ({ tool, found: await detectTool(tool) })));
    const { findings } = await preflight();
    const isStopped =
      tools.some(({ tool, found }) => tool.required && found.state !== 'found') ||
      findings.some(({ level }) => level === 'stops');
    const others = RECORDERS.map(({ tool }) => tool).filter(
      (tool) => !tool.required && tools.some((each) => each.tool === tool && each.found.state === 'found'),
    );
    if (call.values['json']) {
      const answer = {
        schema: 'perfwright.doctor/1',
        canRecord: !isStopped || others.length > 0,
        tools: tools.map(({ tool, found }) => ({
          name: tool.name,
          state: found.state,
          path: 'path' in found ? found.path : '',
          version: found.state === 'found' ? found.version : '',
          why: found.state === 'found' ? '' : found.why,
          fix: found.state === 'found' ? '' : found.fix,
          withoutIt: tool.withoutIt,
        })),
        findings,
      };
      call.terminal.out(`${JSON.stringify(answer)}\n`);
    } else {
      for (const { tool, found } of tools) call.terminal.out(toolText(tool, found));
      for (const finding of findings) call.terminal.out(`\n${MARKS[finding.level]} ${findingText(finding)}\n`);
      call.terminal.out(`\n${verdict(!isStopped, others)}\n`);
    }
    return isStopped ? EXIT.missing : EXIT.fine;
  },
};

/** What can be recorded, with perf and without it. */
function verdict(isNative: boolean, others: readonly Tool[]): string {
  if (isNative) return 'Profiles can be recorded.';
  if (others.length === 0) return 'Profiles can NOT be recorded yet.';
  return `Native programs can NOT be profiled yet, for want of perf. Usable: ${others.map(({ name }) => name).join(', ')}.`;
}

const MARKS = { stops: '✗', limits: '!', note: '·' } as const;

function toolText(tool: Tool, found: DetectedTool): string {
  if (found.state === 'found') return `✓ ${tool.name} ${found.version} for ${tool.purpose}: ${found.path}\n`;
  const mark = tool.required ? MARKS.stops : MARKS.limits;
  return `${mark} ${tool.name} for ${tool.purpose}: ${found.why}\n  ${tool.withoutIt}\n  Fix: ${found.fix}\n`;
}
