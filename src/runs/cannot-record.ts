import { type Finding, findingText } from '../tools/finding.ts';

/** Nothing was recorded: the findings say why, and what to do. */
export class CannotRecord extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const stops = findings.filter(({ level }) => level === 'stops');
    super(stops.map(findingText).join('\n'));
    this.name = 'CannotRecord';
    this.findings = findings;
  }
}
