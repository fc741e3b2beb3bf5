import * as vscode from 'vscode';

/**
 * Asks for one of several where another question follows, and gives what comes of that; undefined where the person chose none. The list stays until
 * the next question takes its place: when it closes, an editor that is a page gets the focus back, but late, which closes what is open by then.
 */
export async function chooseFirst<T extends vscode.QuickPickItem, R>(
  items: readonly T[],
  { title, placeHolder }: { readonly title: string; readonly placeHolder: string },
  next: (chosen: T) => PromiseLike<R> | R,
): Promise<R | undefined> {
  const list = vscode.window.createQuickPick<T>();
  list.title = title;
  list.placeholder = placeHolder;
  list.matchOnDetail = true;
  list.matchOnDescription = true;
  list.items = items;
  try {
    const chosen = await new Promise<T | undefined>((resolve) => {
      list.onDidAccept(() => list.selectedItems[0] && resolve(list.selectedItems[0]));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
    return chosen && (await next(chosen));
  } finally {
    list.dispose();
  }
}
