import { mkdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { openStore, type RunStore } from '../runs/store.ts';

/** The run stores of the open folders; where none is open, one of the editor's own. */
export class RunStores implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #stores = new Map<string, RunStore>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  readonly #watchers = new Map<string, vscode.Disposable>();
  #timer: NodeJS.Timeout | undefined;

  /** A run came, went or changed, in this window or outside it. */
  readonly onDidChange = this.#changed.event;

  constructor(context: vscode.ExtensionContext) {
    this.#context = context;
    this.#watch();
    this.#subscriptions.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => {
        this.#watch();
        this.#changed.fire();
      }),
    );
  }

  /** Of every open folder. */
  all(): RunStore[] {
    const folders = openFolders();
    return (folders.length > 0 ? folders : [this.#ownFolder]).map((folder) => this.#store(folder));
  }

  /** Of a folder; of the first one, or the editor's own, where none is given. */
  async of(folder: string | undefined): Promise<RunStore> {
    const path = folder ?? openFolders()[0] ?? this.#ownFolder;
    await mkdir(path, { recursive: true });
    return this.#store(path);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const store of this.#stores.values()) store.close();
    for (const watcher of this.#watchers.values()) watcher.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  get #ownFolder(): string {
    return this.#context.globalStorageUri.fsPath;
  }

  #store(folder: string): RunStore {
    let store = this.#stores.get(folder);
    if (!store) {
      store = openStore(folder);
      this.#stores.set(folder, store);
    }
    return store;
  }

  #watch(): void {
    for (const { workspaceFolder: folder } of this.all()) {
      if (this.#watchers.has(folder)) continue;
      const pattern = new vscode.RelativePattern(vscode.Uri.file(folder), '.perfwright/runs/*/run.json');
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const soon = () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#changed.fire(), SETTLE_MS);
      };
      watcher.onDidCreate(soon);
      watcher.onDidChange(soon);
      watcher.onDidDelete(soon);
      this.#watchers.set(folder, watcher);
    }
  }
}

const SETTLE_MS = 200;

function openFolders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
}
