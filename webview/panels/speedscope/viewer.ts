import { onThemeChange, readTheme } from '../../lib/theme.ts';

/**
 * speedscope as it is published, in this page. It takes a profile by the entry that its own command line uses: where the address names a
 * local profile, it sets `window.speedscope` and asks for that profile's script, which the page's policy refuses and nobody needs.
 * (https://github.com/jlfwong/speedscope/blob/v1.25.0/src/views/application.tsx)
 */
export interface Viewer {
  /** Shows a profile in place of the one before. Rejects with a sentence where speedscope can't. */
  load(name: string, bytes: Uint8Array): Promise<void>;
}

interface Speedscope {
  loadFileFromBase64(name: string, base64: string): void;
}

declare global {
  interface Window {
    speedscope?: Speedscope;
  }
}

/** Starts speedscope in `root`, which has to be the last element of the body: it takes that one's place. */
export async function startViewer(folder: URL, root: HTMLElement): Promise<Viewer> {
  if (!hasWebGl()) {
    throw new Error('Speedscope draws with WebGL, and this window has none. The flame graph works without.');
  }
  followTheme();
  // Where it would stop the page with a message, it is told to whoever waits.
  window.alert = (message) => {
    complaint = String(message);
  };
  location.hash = 'localProfilePath=profile&view=left-heavy';
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.content ?? '';
  // speedscope's library of styles takes a style element that there is; its own would have no nonce, and be refused.
  const styles = document.createElement('style');
  styles.nonce = nonce;
  styles.setAttribute('data-aphrodite', '');
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = new URL('speedscope.css', folder).href;
  const script = document.createElement('script');
  script.nonce = nonce;
  script.src = new URL('speedscope.js', folder).href;
  document.head.append(styles);
  document.body.append(root);
  await appended(sheet);
  await appended(script);
  const { speedscope } = window;
  if (!speedscope) throw new Error('Speedscope did not start in this page.');
  await until(() => document.querySelector('canvas'));
  return { load: (name, bytes) => load(speedscope, name, bytes) };
}

async function load(speedscope: Speedscope, name: string, bytes: Uint8Array): Promise<void> {
  document.title = '';
  complaint = undefined;
  speedscope.loadFileFromBase64(name, base64(bytes));
  // It tells nobody how it went: a profile that was read is named in the title, a failure stands in the page.
  const outcome = await until(() => {
    if (complaint !== undefined || hasFailed()) return 'failed';
    return document.title === '' ? undefined : 'loaded';
  });
  if (outcome === 'loaded') return;
  throw new Error(
    `Speedscope could not read what was written for it${complaint === undefined ? '.' : `: ${complaint}`}`,
  );
}

let complaint: string | undefined;

function hasFailed(): boolean {
  return document.body.innerText.includes('Something went wrong');
}

function hasWebGl(): boolean {
  return document.createElement('canvas').getContext('webgl') !== null;
}

function appended(element: HTMLLinkElement | HTMLScriptElement): Promise<void> {
  const done = Promise.withResolvers<void>();
  element.addEventListener('load', () => done.resolve());
  element.addEventListener('error', () => done.reject(new Error('A file of Speedscope is missing: build anew.')));
  document.head.append(element);
  return done.promise;
}

async function until<T>(ask: () => T | null | undefined): Promise<T> {
  for (;;) {
    const answer = ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
  }
}

const ASKED_EVERY_MS = 30;

/**
 * What speedscope takes for the system's choice of light or dark is the editor's: a webview is told of the desktop's alone. A person who
 * chooses another one in speedscope's own toolbar has it.
 */
function followTheme(): void {
  const isDark = () => ['dark', 'high-contrast'].includes(readTheme().kind);
  const ask = window.matchMedia.bind(window);
  const answer = Object.assign(new EventTarget(), { matches: isDark(), media: DARK, onchange: null });
  window.matchMedia = (query) => (query === DARK ? (answer as unknown as MediaQueryList) : ask(query));
  onThemeChange(() => {
    if (answer.matches === isDark()) return;
    answer.matches = isDark();
    answer.dispatchEvent(Object.assign(new Event('change'), { matches: answer.matches, media: DARK }));
  });
}

const DARK = '(prefers-color-scheme: dark)';

/** Base64 of any number of bytes: a call has room for some thousand arguments only. */
function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += PIECE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return text;
}

/** A multiple of three, so that only the last piece is filled up. */
const PIECE = 3 * 8192;
