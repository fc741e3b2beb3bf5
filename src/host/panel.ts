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
  host: Host,
  name: N,
  handlers: Handlers<ContractOf<N>>,
): PanelControl<N> {
  const { viewType, title } = PANELS[name];
  let open: vscode.WebviewPanel | undefined;
  const adopt = (panel: vscode.WebviewPanel) => {
    open = panel;
    panel.onDidDispose(() => {
      if (open === panel) open = undefined;
    });
    fillPanel(host, name, panel, handlers);
  };
  host.context.subscriptions.push(
    vscode.window.registerWebviewPanelSerializer(viewType, {
      async deserializeWebviewPanel(panel) {
        adopt(panel);
      },
    }),
  );
  return {
    show(column = vscode.ViewColumn.Active) {
      if (open) open.reveal();
      else adopt(vscode.window.createWebviewPanel(viewType, title, column));
    },
    changed: (what) => void open?.webview.postMessage({ changed: what }),
  };
}

/** Puts a panel's page into a webview, and answers what it asks. Gives what tells the page that something changed. */
export function fillPanel<N extends PanelName>(
  { context }: Host,
  name: N,
  panel: vscode.WebviewPanel,
  handlers: Handlers<ContractOf<N>>,
): (what: ContractOf<N>['changes']) => void {
  const { title, icon, compilesWasm } = PANELS[name] as Panel<Contract>;
  const folder = vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
  const { webview } = panel;
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  panel.iconPath = new vscode.ThemeIcon(icon);
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
  return (what) => void webview.postMessage({ changed: what });
}
