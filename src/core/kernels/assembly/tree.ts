// What every kernel exports that makes a tree of stacks: `TreeExports` of ../nodes.ts.
export {
  framesOfStacks,
  layOut,
  nodesFrom,
  nodesInAll,
  nodesInBlock,
  parentsOfStacks,
  roomFor,
  stacksOfNodes,
} from './nodes';
