/** Calls back with the list of URIs that is dropped anywhere on the page, as VS Code's explorer writes it. */
export function droppedUris(onDrop: (uriList: string) => void): void {
  const has = ({ dataTransfer }: DragEvent) => FORMATS.some((format) => dataTransfer?.types.includes(format));
  const mark = (isOver: boolean) => document.body.classList.toggle('is-drop', isOver);
  document.addEventListener('dragover', (event) => {
    if (!has(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
    mark(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) mark(false);
  });
  document.addEventListener('drop', (event) => {
    if (!has(event)) return;
    event.preventDefault();
    mark(false);
    const list = FORMATS.map((format) => event.dataTransfer!.getData(format)).find((text) => text !== '');
    if (list !== undefined) onDrop(list);
  });
}

/** The first is VS Code's own, and complete; browsers cut the second to what they take for links. */
const FORMATS = ['application/vnd.code.uri-list', 'text/uri-list'] as const;
