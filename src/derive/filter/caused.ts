/** A function whose calls grew stacks -> the changes, samples and goroutines of those growths, as the growth table tells them by cause. Cost: linear in their rows. */
import {groupOf} from '../axis/shape.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {CauseFrom, type CountedChanges} from '../growth/shape.ts';

/** By stack change of a trace: 1 where the function caused it. */
export function changesCausedBy(session: Session, source: SessionSource, cause: string): Uint8Array {
  const caused = new Uint8Array(source.trace.stackChanges.length);
  for (const counted of countedOf(session, source)) if (counted.by === 'trace' && counted.source === source.id) mark(counted, cause, caused, counted.row);
  return caused;
}

/** By sample: 1 for probes that caught such a growth, and for samples of its chain: that tells itself, or the growth that the sample belongs to does. */
export function samplesCausedBy(session: Session, source: SessionSource, cause: string): Uint8Array {
  const {samples} = source.trace;
  const caused = new Uint8Array(samples.length);
  const probes = countedOf(session, source).find((counted) => counted.by === 'probes' && counted.source === source.id);
  if (probes) mark(probes, cause, caused, probes.row);
  const to = session.source(session.attribution(source).to);
  const changes = to && to.trace.stackChanges.length > 0 ? changesCausedBy(session, to, cause) : null;
  const changeOf = changes && session.growthOfSamples(source);
  const {class: classes} = session.chains(source);
  for (let i = 0; i < samples.length; i++) {
    const stack = samples.stack[i];
    if (caused[i] || stack < 0 || classes[stack] !== ChainClass.Growth) continue;
    const own = session.growingFunction(source, stack);
    if (own.from !== CauseFrom.None) caused[i] = own.name === cause ? 1 : 0;
    else if (changes && changeOf && changeOf[i] >= 0) caused[i] = changes[changeOf[i]];
  }
  return caused;
}

/** By goroutine of a trace: 1 where the function grew its stack, as any source of its axis tells. */
export function goroutinesCausedBy(session: Session, source: SessionSource, cause: string): Uint8Array {
  const caused = new Uint8Array(source.trace.goroutines.length);
  for (const counted of countedOf(session, source)) if (counted.goroutinesOf === source.id) mark(counted, cause, caused, counted.goroutine);
  for (const other of session.sources) {
    const {to, goroutine} = session.attribution(other);
    if (to !== source.id) continue;
    const samples = samplesCausedBy(session, other, cause);
    for (let i = 0; i < samples.length; i++) if (samples[i] && goroutine[i] >= 0) caused[goroutine[i]] = 1;
  }
  return caused;
}

function countedOf(session: Session, source: SessionSource): CountedChanges[] {
  const group = groupOf(session.axis, source.id);
  return group ? session.countable(group).map((each) => session.countedChanges(each)) : [];
}

/** Marks the rows that the changes with this cause are of. */
function mark({length, cause: causes, functions}: CountedChanges, name: string, marks: Uint8Array, rows: Int32Array): void {
  const cause = functions.indexOf(name);
  if (cause < 0) return;
  for (let i = 0; i < length; i++) if (causes[i] === cause && rows[i] >= 0) marks[rows[i]] = 1;
}
