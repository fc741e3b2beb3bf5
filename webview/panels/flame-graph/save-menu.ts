import type { Open, PictureFile } from '../../../src/protocol/flame-graph.ts';
import type { Theme } from '../../lib/theme.ts';
import type { FlameView } from '../../widgets/flame-view.ts';
import { openMenu } from '../../widgets/menu.ts';
import { savePicture } from '../../widgets/save-picture.ts';
import type { FlameStage } from './flame-stage.ts';

type Format = PictureFile['format'];

/** A picture on the page. */
export interface SavablePicture {
  readonly view: FlameView;
  readonly isFlame: boolean;
  /** What of the recording it shows, `callers of parse`; `''` for all of it. */
  readonly of: string;
}

/** The pictures that are there to be saved. `name` is the function that callers and callees are shown of. */
export function savablePictures({ main, callers }: FlameStage, isFlame: boolean, name = ''): readonly SavablePicture[] {
  if (!main.picture) return [];
  if (!callers?.picture) return [{ view: main, isFlame, of: '' }];
  return [
    { view: callers, isFlame: !isFlame, of: `callers of ${name}` },
    { view: main, isFlame, of: `callees of ${name}` },
  ];
}

/** Offers to save each picture. */
export function openSaveMenu(
  from: HTMLElement,
  pictures: readonly SavablePicture[],
  onSave: (format: Format, picture: SavablePicture) => void,
): void {
  const { left, bottom } = from.getBoundingClientRect();
  const formats = ['svg', 'png'] as const;
  const items =
    pictures.length === 0
      ? formats.map((format) => ({ label: `Save as ${format.toUpperCase()}…`, isDisabled: true, run: () => {} }))
      : pictures.flatMap((picture) =>
          formats.map((format) => ({
            label: `Save ${picture.of === '' ? '' : `${briefly(picture.of)} `}as ${format.toUpperCase()}…`,
            run: () => onSave(format, picture),
          })),
        );
  openMenu('Save the picture', items, left, bottom);
}

/** A name may have thousands of letters, and what tells the items apart is behind it. */
function briefly(text: string): string {
  return text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS - 1)}…`;
}

const MOST_LETTERS = 80;

/** What is shown of a recording, as a file. */
export async function flameFile(
  { view: { picture, window }, isFlame, of }: SavablePicture,
  open: Open,
  options: { format: Format; theme: Theme },
): Promise<PictureFile> {
  const name = of === '' ? open.title : `${open.title} · ${of}`;
  const bytes = await savePicture(picture!, {
    ...options,
    window,
    isFlame,
    title: [name, ...viewWords(open)].join(' · '),
  });
  return { format: options.format, name, bytes };
}

/** What of the recording is in view: a picture without its toolbar has to say so itself. */
function viewWords({ values, view, parts }: Open): readonly string[] {
  return [values[view.value].type, ...parts.map(({ words }) => words)];
}
