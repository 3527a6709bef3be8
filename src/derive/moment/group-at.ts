/** The goroutines of a group at a time: how many live, and how much stack they hold. */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {stackBytesAt} from './goroutine-at.ts';
import type {GroupAt, LanePlace} from './shape.ts';

/** `timeOf`: the time on a source's own clock. Cost: linear in the goroutines. */
export function groupAt(session: Session, members: readonly SessionSource[], {by, name}: Extract<LanePlace, {kind: 'group'}>, filter: Filter, timeOf: (source: SessionSource) => number): GroupAt {
  const sum = {alive: 0, sized: 0, sumBytes: Number.NaN, mostBytes: Number.NaN};
  for (const source of members) {
    const {trace} = source;
    const {goroutines} = trace;
    const timeNs = timeOf(source);
    const pass = session.filtered(source, filter).goroutines;
    for (let row = 0; row < goroutines.length; row++) {
      // One whose birth or end is not known was there before or after the recording.
      if ((pass && pass[row] === 0) || goroutines.startNs[row] > timeNs || goroutines.endNs[row] <= timeNs) continue;
      const named = by === 'startFunction' ? row : goroutines.creator[row];
      if ((named < 0 ? null : text(trace, goroutines.startFunction[named])) !== name) continue;
      sum.alive++;
      const bytes = stackBytesAt(session, source, row, timeNs);
      if (Number.isNaN(bytes)) continue;
      sum.sumBytes = (sum.sized === 0 ? 0 : sum.sumBytes) + bytes;
      sum.mostBytes = sum.sized === 0 ? bytes : Math.max(sum.mostBytes, bytes);
      sum.sized++;
    }
  }
  return sum;
}
