/** What is wrong with a trace, on its way from where it is found to whoever listens: a fault, or the end of a strict reading. */
import type {GenerationProblem} from './generation.ts';

/** What is wrong, for whoever listens. `fatal`: nothing after it can be read. */
export interface EventProblem {
  readonly code: GenerationProblem['code'] | 'go-trace/header' | 'go-trace/empty' | 'go-trace/broken' | 'go-trace/no-end-of-generation' | 'go-trace/batch' | 'go-trace/order' | 'go-trace/stuck' | 'go-trace/missing-id';
  readonly severity: 'fatal' | 'skipped' | 'odd';
  readonly message: string;
  readonly byte: number;
  readonly excerpt?: string;
}

/** A problem of a generation as a problem of the trace: what costs strings or stacks is skipped, the rest is odd. */
export function problemOf(problem: GenerationProblem): EventProblem {
  return {...problem, severity: problem.code === 'go-trace/table' || problem.code === 'go-trace/tables-missing' ? 'skipped' : 'odd'};
}
