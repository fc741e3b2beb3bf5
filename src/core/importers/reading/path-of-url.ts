/** The path in a `file://` URL of this machine; what is no such URL, `node:fs` or `https://…`, stays as it is. */
export function pathOfUrl(url: string): string {
  const match = /^file:\/\/(?:localhost)?(\/.*)$/s.exec(url);
  if (!match) return url;
  let path = match[1];
  try {
    path = decodeURIComponent(path);
  } catch {
    // A per cent sign that escapes nothing: the name is taken as it is.
  }
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}
