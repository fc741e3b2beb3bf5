import { type DetectedTool, detectTool } from '../../tools/detect-tool.ts';
import { findingText } from '../../tools/finding.ts';
import { TOOLS } from '../../tools/index.ts';
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
    if (call.values['json']) {
      const answer = {
        schema: 'perfwright.doctor/1',
        canRecord: !isStopped,
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
      call.terminal.out(isStopped ? '\nProfiles can NOT be recorded yet.\n' : '\nProfiles can be recorded.\n');
    }
    return isStopped ? EXIT.missing : EXIT.fine;
  },
};

const MARKS = { stops: '✗', limits: '!', note: '·' } as const;

function toolText(tool: Tool, found: DetectedTool): string {
  if (found.state === 'found') return `✓ ${tool.name} ${found.version} for ${tool.purpose}: ${found.path}\n`;
  const mark = tool.required ? MARKS.stops : MARKS.limits;
  return `${mark} ${tool.name} for ${tool.purpose}: ${found.why}\n  ${tool.withoutIt}\n  Fix: ${found.fix}\n`;
}
