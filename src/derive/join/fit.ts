/**
 * How well a source fits the trace on its axis: the share of its whole call chains that begin in the start function of the goroutine that
 * runs there. Traces leave out the wrappers that the compiler makes, so the start function may be one of the three outermost:
 *
 *   goexit ─ main.main.gowrap1 ─ main.worker ─ …       G7 started as main.worker
 *
 * Chains that do not begin at goexit (cut by the recorder, lost above morestack, on a system stack) tell nothing of it.
 */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {sharedThreads} from './attribution.ts';
import {Attributed, type Fit} from './shape.ts';

const GOEXIT = 'runtime.goexit';
const OUTERMOST = 3;

/** The fit of `source` to the trace that its samples are attributed to; null when it is attributed to none. */
export function fit(session: Session, source: SessionSource): Fit | null {
  const attributed = session.attribution(source);
  const to = session.source(attributed.to);
  if (!to || to === source) return null;
  const {samples, stacks, frames} = source.trace;
  const outermost = outermostFunctions(source);
  const starts = Array.from(to.trace.goroutines.startFunction, (name) => withoutSuffix(text(to.trace, name)));
  let inside = 0;
  let compared = 0;
  let matching = 0;
  for (let i = 0; i < samples.length; i++) {
    if (attributed.how[i] === Attributed.Goroutine || attributed.how[i] === Attributed.Scheduler) inside++;
    const start = attributed.goroutine[i] >= 0 ? starts[attributed.goroutine[i]] : null;
    const stack = samples.stack[i];
    if (start === null || stack < 0 || outermost[0][stack] < 0) continue;
    compared++;
    if (outermost.some((rows) => rows[stack] >= 0 && withoutSuffix(text(source.trace, frames.name[stacks.frame[rows[stack]]])) === start)) matching++;
  }
  const shared = sharedThreads(source.trace, to.trace).reduce((count, row) => count + (row >= 0 ? 1 : 0), 0);
  return {sharedThreads: shared, inside, compared, matching};
}

/** By stack row: the stack rows whose frames are the first, second, … function below goexit; -1 where the chain has none. */
function outermostFunctions({trace}: SessionSource): readonly Int32Array[] {
  const {stacks, frames} = trace;
  const outermost = Array.from({length: OUTERMOST}, () => new Int32Array(stacks.length).fill(-1));
  /** Functions below goexit; -1: the chain does not begin there. */
  const below = new Int32Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    if (parent < 0) below[i] = withoutSuffix(text(trace, frames.name[stacks.frame[i]])) === GOEXIT ? 0 : -1;
    else below[i] = below[parent] < 0 ? -1 : below[parent] + 1;
    for (let nth = 0; nth < OUTERMOST && nth < below[i]; nth++) outermost[nth][i] = nth === below[i] - 1 ? i : outermost[nth][parent];
  }
  return outermost;
}

function withoutSuffix(name: string | null): string | null {
  return name === null ? null : name.replace(/\.abi0$/, '');
}
