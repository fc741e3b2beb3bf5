import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import { REPOSITORY } from './repository.ts';
import { sampleWorkspace } from './sample-workspace.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/**
 * One VS Code for all tests of a file, on a copy of the sample programs, closed at the end whatever happens.
 * Of a test that fails, a screenshot and the logs go to out/failures/.
 * @returns gives the workbench, inside a test
 */
export function useWorkbench(options: Omit<WorkbenchOptions, 'folder'> = {}): () => Workbench {
  let workbench: Workbench | undefined;
  let removeSample = () => {};
  before(async () => {
    const { folder, remove } = sampleWorkspace();
    removeSample = remove;
    workbench = await openWorkbench({ ...options, folder });
  });
  afterEach(async (context) => {
    if (workbench !== undefined && 'passed' in context && !context.passed) await keepEvidence(workbench, context.name);
  });
  after(async () => {
    await workbench?.close();
    removeSample();
  });
  return () => {
    if (workbench === undefined) throw new Error('VS Code is only there inside a test.');
    return workbench;
  };
}

async function keepEvidence(workbench: Workbench, test: string): Promise<void> {
  const file = join(REPOSITORY, 'out', 'failures', test.replace(/[^\w-]+/g, '-').slice(0, 80));
  await workbench.picture(`${file}.png`);
  writeFileSync(`${file}.log`, workbench.log());
  console.log(`A picture of it: ${file}.png`);
}
