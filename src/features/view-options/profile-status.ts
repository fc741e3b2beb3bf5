import * as vscode from 'vscode';
import { dataQuality } from '../../core/profile/data-quality.ts';
import { filtersText } from '../../core/profile/provenance-line.ts';
import type { ActiveRecording } from '../../host/active-recording.ts';
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
      item.text = `$(flame) ${[current.title, type, thread, filtersText(view)]
        .filter((part) => part)
        .map(plain)
        .join(' · ')}${mark}`;
      // Plain text: Markdown would be read on the extension host's loop each time.
      item.tooltip = [
        provenance(current, view),
        ...quality.findings.map((finding) => `• ${finding}`),
        ...overview.origin.mayMislead.map((sentence) => `• ${sentence}`),
        'Click to choose what is shown: value type, thread, units…',
      ].join('\n');
      item.show();
    },
    dispose: () => item.dispose(),
  };
}

/** Text without the marks that a status bar would draw as icons. */
function plain(text: string | undefined): string {
  return (text ?? '').replaceAll('$(', '$ (');
}
