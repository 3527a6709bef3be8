/** Goroutines at a time together: how many live, and how much stack they hold. */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {stackBytesAt} from './goroutine-at.ts';
import type {GroupAt, LanePlace} from './shape.ts';

/** The goroutines of a group, of all sources. `timeOf`: the time on a source's own clock. Cost: linear in the goroutines. */
export function groupAt(session: Session, members: readonly SessionSource[], {by, name}: Extract<LanePlace, {kind: 'group'}>, filter: Filter, timeOf: (source: SessionSource) => number): GroupAt {
  let sum: GroupAt = {alive: 0, sized: 0, sumBytes: Number.NaN, mostBytes: Number.NaN};
  for (const source of members) {
    const {trace} = source;
    const {goroutines} = trace;
    const of = sumOfStacks(session, source, filter, timeOf(source), (row) => {
      const named = by === 'startFunction' ? row : goroutines.creator[row];
      return (named < 0 ? null : text(trace, goroutines.startFunction[named])) === name;
    });
    sum = {
      alive: sum.alive + of.alive, sized: sum.sized + of.sized,
      sumBytes: sum.sized === 0 ? of.sumBytes : of.sized === 0 ? sum.sumBytes : sum.sumBytes + of.sumBytes,
      mostBytes: sum.sized === 0 ? of.mostBytes : of.sized === 0 ? sum.mostBytes : Math.max(sum.mostBytes, of.mostBytes),
    };
  }
  return sum;
}

/** The goroutines of one source that are meant and pass the filter. */
export function sumOfStacks(session: Session, source: SessionSource, filter: Filter, timeNs: number, isMeant: (goroutine: number) => boolean): GroupAt {
  const {goroutines} = source.trace;
  const pass = session.filtered(source, filter).goroutines;
  const sum = {alive: 0, sized: 0, sumBytes: Number.NaN, mostBytes: Number.NaN};
  for (let row = 0; row < goroutines.length; row++) {
    // One whose birth or end is not known was there before or after the recording.
    if (pass?.[row] === 0 || goroutines.startNs[row] > timeNs || goroutines.endNs[row] <= timeNs || !isMeant(row)) continue;
    sum.alive++;
    const bytes = stackBytesAt(session, source, row, timeNs);
    if (Number.isNaN(bytes)) continue;
    sum.sumBytes = (sum.sized === 0 ? 0 : sum.sumBytes) + bytes;
    sum.mostBytes = sum.sized === 0 ? bytes : Math.max(sum.mostBytes, bytes);
    sum.sized++;
  }
  return sum;
}
