import { knownOperations } from './known-operations.ts';
import { operationChoices, readOperation } from './operation-choices.ts';
import { operationWords } from './operation-words.ts';
import { lookParts } from './view-parts.ts';

/** What can be asked of operations themselves, whatever they are done to: a worker is asked, for only it knows them. */
export const OPERATION_QUERIES = { knownOperations, lookParts, operationChoices, operationWords, readOperation };
