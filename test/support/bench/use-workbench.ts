import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import { REPOSITORY } from './repository.ts';
import { type SampleWorkspace, sampleWorkspace } from './sample-workspace.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** What the tests of a file share. Only to be read inside a test. */
export type Bench = { readonly workbench: Workbench; readonly folder: string };

/**
 * One VS Code for all tests of a file, on a copy of the sample programs, closed at the end whatever happens.
 * Of a test that fails, a screenshot and the logs go to out/failures/.
 */
export function useWorkbench(options: Omit<WorkbenchOptions, 'folder'> = {}): Bench {
  let sample: SampleWorkspace | undefined;
  let workbench: Workbench | undefined;
  before(async () => {
    sample = sampleWorkspace();
    workbench = await openWorkbench({ ...options, folder: sample.folder });
  });
  afterEach(async (context) => {
    if (workbench !== undefined && 'passed' in context && !context.passed) await keepEvidence(workbench, context.name);
  });
  after(async () => {
    await workbench?.close();
    sample?.remove();
  });
  return {
    get workbench() {
      return there(workbench);
    },
    get folder() {
      return there(sample).folder;
    },
  };
}

function there<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('VS Code is only there inside a test.');
  return value;
}

async function keepEvidence(workbench: Workbench, test: string): Promise<void> {
  const file = join(REPOSITORY, 'out', 'failures', test.replace(/[^\w-]+/g, '-').slice(0, 80));
  await workbench.picture(`${file}.png`);
  writeFileSync(`${file}.log`, workbench.log());
  console.log(`A picture of it: ${file}.png`);
}
