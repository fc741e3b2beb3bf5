/** A word as it has to be typed in a POSIX shell to be passed on as it is. */
export function shellWord(word: string): string {
  // `NAME=text` would set a variable where it is the first word; zsh takes `=name` for where a program is.
  return /^(?!\w*=)[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
