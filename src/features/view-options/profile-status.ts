import * as vscode from 'vscode';
import type { ActiveRecording } from '../../host/active-recording.ts';
import { dataQuality } from '../../host/data-quality.ts';
import { escapeMarkdown } from '../../host/markdown.ts';
import { provenance } from '../../host/provenance.ts';

/** The active recording's entry in the status bar: its title, what is measured, and a mark where the data have to be checked. */
export function profileStatus(): vscode.Disposable & { update(active: ActiveRecording): void } {
  const item = vscode.window.createStatusBarItem('perfwright.profile', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Perfwright: Profile';
  item.command = 'perfwright.viewOptions';
  return {
    update({ current, view }) {
      if (!current || !view) return item.hide();
      const { overview } = current;
      const { type } = overview.values[view.value];
      const thread = view.threads?.map((index) => overview.threads[index].name).join(', ');
      const quality = dataQuality(overview);
      const mark = quality.word === 'good data' ? '' : ' $(warning)';
      item.text = `$(flame) ${[current.title, type, thread]
        .filter((part) => part)
        .map(plain)
        .join(' · ')}${mark}`;
      item.tooltip = new vscode.MarkdownString(
        [
          `**${escapeMarkdown(current.title)}**`,
          escapeMarkdown(provenance(current, view)),
          quality.findings.map((finding) => `- ${escapeMarkdown(finding, 300)}`).join('\n'),
          overview.origin.mayMislead.map((sentence) => `- ${escapeMarkdown(sentence, 300)}`).join('\n'),
          'Choose what is shown: value type, thread, units…',
        ]
          .filter((part) => part !== '')
          .join('\n\n'),
      );
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

/** Text without the marks that a status bar would draw as icons. */
function plain(text: string | undefined): string {
  return (text ?? '').replaceAll('$(', '$ (');
}
