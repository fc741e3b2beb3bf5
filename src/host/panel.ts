import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Contract, Handlers } from '../protocol/contract.ts';
import { type ContractOf, PANELS, type Panel, type PanelName } from '../protocol/index.ts';
import { answerRequest } from './answer-request.ts';
import type { Host } from './host.ts';
import { panelHtml } from './panel-html.ts';

/** A panel that may be open or not; there's one of a kind. */
export interface PanelControl<N extends PanelName> {
  /** Brings it to the front, where it is; opens it in a column where it isn't open. */
  show(column?: vscode.ViewColumn): void;
  /** Tells it, if it's open, that something changed; it then asks. */
  changed(what: ContractOf<N>['changes']): void;
}

/**
 * Makes a panel known, so that it can be opened and comes back with the window. Its page is let go while it's hidden: when it's
 * seen again it starts anew and asks for what it shows.
 */
export function registerPanel<N extends PanelName>(
  { context }: Host,
  name: N,
  handlers: Handlers<ContractOf<N>>,
): PanelControl<N> {
  const { viewType, title, icon, compilesWasm } = PANELS[name] as Panel<Contract>;
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const options: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [folder] };
  let open: vscode.WebviewPanel | undefined;

  const adopt = (panel: vscode.WebviewPanel) => {
    open = panel;
    const { webview } = panel;
    webview.options = options;
    panel.iconPath = new vscode.ThemeIcon(icon);
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
    });
    webview.onDidReceiveMessage(async (message) => webview.postMessage(await answerRequest(handlers, message)));
    const address = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
    webview.html = panelHtml({
      title,
      script: address(`${name}.js`),
      style: address(`${name}.css`),
      source: webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      compilesWasm,
    });
  };

  context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        adopt(panel);
      },
    }),
  );
  return {
    show(column = vscode.ViewColumn.Active) {
      if (open) open.reveal();
      else adopt(vscode.window.createWebviewPanel(viewType, title, column, options));
    },
    changed: (what) => void open?.webview.postMessage({ changed: what }),
  };
}
