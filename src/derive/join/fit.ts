/**
 * How well a source fits the trace on its axis: the share of its whole call chains that begin in the start function of the goroutine that
 * runs there. Traces leave out the wrappers that the compiler makes, so the start function may be one of the three outermost:
 *
 *   goexit ─ main.main.gowrap1 ─ main.worker ─ …       G7 started as main.worker
 *   goexit ─ main.main.gowrap2 ─ main.read ─ …         G8 started as main.serve by main.main: serve is inlined into the wrapper
 *
 * Chains that do not begin at goexit (cut by the recorder, lost above morestack, on a system stack) tell nothing of it.
 */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {sharedThreads} from './attribution.ts';
import type {Fit} from './shape.ts';

const GOEXIT = 'runtime.goexit';
const OUTERMOST = 3;

/** The fit of `source` to the trace that its samples are attributed to; null when it is attributed to none. */
export function fit(session: Session, source: SessionSource): Fit | null {
  const attributed = session.attribution(source);
  const to = session.source(attributed.to);
  if (!to || to === source) return null;
  const {samples} = source.trace;
  const outermost = outermostFunctions(source);
  const {goroutines} = to.trace;
  const starts = Array.from(goroutines.startFunction, (name) => withoutSuffix(text(to.trace, name)));
  const wrappers = Array.from(goroutines.creatorStack, (stack) => (stack < 0 ? null : `${functionAt(to, stack)}.gowrap`));
  let compared = 0;
  let matching = 0;
  for (let i = 0; i < samples.length; i++) {
    const goroutine = attributed.goroutine[i];
    const stack = samples.stack[i];
    if (goroutine < 0 || starts[goroutine] === null || stack < 0 || outermost[0][stack] < 0) continue;
    compared++;
    const isStart = (rows: Int32Array) => rows[stack] >= 0 && functionAt(source, rows[stack]) === starts[goroutine];
    if (outermost.some(isStart) || functionAt(source, outermost[0][stack])?.replace(/\d+$/, '') === wrappers[goroutine]) matching++;
  }
  const shared = sharedThreads(source.trace, to.trace).reduce((count, row) => count + (row >= 0 ? 1 : 0), 0);
  return {sharedThreads: shared, compared, matching};
}

/** By stack row: the stack rows whose frames are the first, second, … function below goexit; -1 where the chain has none. */
function outermostFunctions(source: SessionSource): readonly Int32Array[] {
  const {stacks} = source.trace;
  const outermost = Array.from({length: OUTERMOST}, () => new Int32Array(stacks.length).fill(-1));
  /** Functions below goexit; -1: the chain does not begin there. */
  const below = new Int32Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    if (parent < 0) below[i] = functionAt(source, i) === GOEXIT ? 0 : -1;
    else below[i] = below[parent] < 0 ? -1 : below[parent] + 1;
    for (let nth = 0; nth < OUTERMOST && nth < below[i]; nth++) outermost[nth][i] = nth === below[i] - 1 ? i : outermost[nth][parent];
  }
  return outermost;
}

/** The function of a stack's last frame. */
function functionAt({trace}: SessionSource, stack: number): string | null {
  return withoutSuffix(text(trace, trace.frames.name[trace.stacks.frame[stack]]));
}

function withoutSuffix(name: string | null): string | null {
  return name === null ? null : name.replace(/\.abi0$/, '');
}
