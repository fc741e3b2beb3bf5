/** A text that is no regular expression; the message has what is wrong, and where. */
export class MalformedPattern extends Error {
  constructor(source: string, problem: string) {
    super(`The pattern ${JSON.stringify(source.length > 100 ? `${source.slice(0, 100)}…` : source)} ${problem}.`);
    this.name = 'MalformedPattern';
  }
}
