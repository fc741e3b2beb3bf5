import * as vscode from 'vscode';
import { clockText, whenText } from '../../core/date-text.ts';
import { formatAmount, formatBytes, formatCounted, formatDuration, formatShare } from '../../core/units.ts';
import { escapeMarkdown } from '../../host/markdown.ts';
import { isFinal, type Run, type RunState } from '../../runs/run.ts';
import { findingText } from '../../tools/finding.ts';

/** A run as a tree shows it: name and figure. */
export function runItem(run: Run, isOpen: boolean): vscode.TreeItem {
  const item = new vscode.TreeItem(run.title);
  const holds = run.artifacts.length > 0;
  item.id = run.id;
  const state = [STATES[run.state].word, isOpen ? 'shown' : ''];
  item.description = [clockText(new Date(run.start)), figure(run), ...state, run.tool.name]
    .filter((part) => part !== '')
    .join(' · ');
  item.iconPath = new vscode.ThemeIcon(isOpen ? 'eye' : STATES[run.state].icon);
  item.contextValue = ['run', holds ? 'holds' : 'empty', isFinal(run.state) ? 'final' : 'live', run.target.kind].join(
    '.',
  );
  if (holds) item.command = { title: 'Open', command: 'perfwright.runs.open', arguments: [{ run: run.id }] };
  return item;
}

const STATES: Readonly<Record<RunState, { icon: string; word: string }>> = {
  done: { icon: 'pulse', word: '' },
  recording: { icon: 'record', word: 'recording' },
  importing: { icon: 'loading~spin', word: 'reading' },
  failed: { icon: 'error', word: 'failed' },
  cancelled: { icon: 'circle-slash', word: 'cancelled' },
  interrupted: { icon: 'warning', word: 'cut off' },
};

/** The main value's total: `2.35 s`; else the recording's size. */
function figure({ summary, artifacts }: Run): string {
  const value = summary?.values[0];
  if (value) return formatAmount(value.total, value.unit, value.type);
  return artifacts[0] ? formatBytes(artifacts[0].bytes) : '';
}

/** The whole story of a run, for its hover. */
export function runStory(run: Run): vscode.MarkdownString {
  const { summary, environment, quality } = run;
  const value = summary?.values[0];
  const lines = [
    `**${escapeMarkdown(run.title)}**`,
    escapeMarkdown(commandOf(run), 300),
    escapeMarkdown(
      [run.tool.name, run.tool.version, whenText(new Date(run.start)), lasted(run)]
        .filter((part) => part !== '')
        .join(' · '),
    ),
  ];
  if (summary && value) {
    const total = `${formatCounted(summary.samples, 'sample')} · ${value.type} ${formatAmount(value.total, value.unit, value.type)}`;
    const top = summary.top
      .slice(0, 5)
      .map((row) => `| ${formatShare(row.self / value.total)} | ${escapeMarkdown(row.function, 60)} |`);
    lines.push(escapeMarkdown(total), ['| self | |', '|--:|---|', ...top].join('\n'));
  }
  const about = [
    environment?.git?.commit
      ? `commit ${environment.git.commit.slice(0, 7)}${environment.git.dirty.length > 0 ? ' with changes' : ''}`
      : '',
    environment ? `${environment.host}, ${environment.cpu.processors} × ${environment.cpu.model}` : '',
  ];
  lines.push(escapeMarkdown(about.filter((part) => part !== '').join(' · ')));
  const findings = [...run.findings.map(findingText), ...(quality?.warnings ?? [])];
  lines.push(findings.map((finding) => `- ${escapeMarkdown(finding, 300)}`).join('\n'));
  return new vscode.MarkdownString(lines.filter((line) => line !== '').join('\n\n'));
}

function commandOf({ target }: Run): string {
  if (target.kind === 'file') return target.path;
  const command = target.argv.join(' ');
  return target.kind === 'process' ? `process ${target.pid}: ${command}` : command;
}

function lasted({ start, end }: Run): string {
  return end === '' ? '' : formatDuration((Date.parse(end) - Date.parse(start)) * 1e6);
}
