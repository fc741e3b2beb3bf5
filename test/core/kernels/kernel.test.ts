import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FoldedStacks } from '../../../src/core/kernels/folded-stacks.ts';
import { withKernels } from '../../../src/core/kernels/kernel.ts';

describe('a kernel', () => {
  const buffer = () => new FoldedStacks(0, [], assert.fail).kernel.memory.buffer;
  const rowsOf = (text: string) => {
    const stacks = new FoldedStacks(0, [], assert.fail);
    stacks.setPiece(Buffer.from(text));
    stacks.take(0);
    return { ...stacks.rows(), buffer: stacks.kernel.memory.buffer };
  };

  it('begins as the first did, in a memory that another has used', () => {
    const [first, second] = ['a;b 1\na;c 2\n', 'x 5\n'].map((text) => withKernels(() => rowsOf(text)));
    assert.equal(second.buffer, first.buffer);
    assert.deepEqual([...first.count, ...second.count], [1, 2, 5]);
  });

  it('shares its memory with none that is still at work', () => {
    withKernels(() => {
      const outer = buffer();
      withKernels(() => assert.notEqual(buffer(), outer));
      assert.notEqual(buffer(), outer);
    });
    const alone = buffer();
    withKernels(() => assert.notEqual(buffer(), alone));
  });

  it('ends where the work fails', () => {
    let used: ArrayBuffer | undefined;
    const work = () => {
      used = buffer();
      throw new Error('stopped');
    };
    assert.throws(() => withKernels(work), /stopped/);
    assert.equal(withKernels(buffer), used);
  });

  it('leaves no large memory to others', () => {
    const stack = Array.from({ length: 200_000 }, (_, at) => `f${at}`).join(';');
    const large = withKernels(() => {
      const stacks = new FoldedStacks(0, [], assert.fail);
      stacks.nodeOf(Buffer.from(stack), 0, stack.length);
      return stacks.kernel.memory;
    });
    assert.ok(large.buffer.byteLength > 1 << 22);
    withKernels(() => assert.notEqual(new FoldedStacks(0, [], assert.fail).kernel.memory, large));
  });
});
