/** An operation that can't be performed: it says nothing that can be understood, or asks for what the profile hasn't. */
export class UnusableOperation extends Error {
  constructor(problem: string) {
    super(problem);
    this.name = 'UnusableOperation';
  }
}
