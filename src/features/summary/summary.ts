import { registerCommand } from '../../host/commands.ts';
import { copyText } from '../../host/copy-text.ts';
import type { Host } from '../../host/host.ts';
import { requireRecording } from '../../host/require-recording.ts';

/** *Copy Summary as Markdown*: what is shown, for a review or a chat. */
export function summaryFeature(host: Host): void {
  registerCommand(host, 'perfwright.copySummary', async () => {
    const { recording, view } = requireRecording(host.active);
    const { session, title, recordedAt, git } = recording;
    const markdown = await session.ask('summary', { view, title, recordedAt, commit: git?.commit });
    await copyText('Summary', markdown);
  });
}
