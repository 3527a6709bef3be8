/** The states of a trace that another goroutine caused -> the links from and to one goroutine. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {State} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {defineDerivation} from '../derivation.ts';
import type {GoroutineName} from '../moment/shape.ts';
import type {Link, LinksAnswer, LinksQuestion} from './shape.ts';

export const links = defineDerivation({
  id: 'links',
  /** Null when the source or the goroutine is not there. Cost: linear in the goroutine's states and what it caused in the window. */
  answer(session, question: LinksQuestion): LinksAnswer | null {
    const source = session.source(question.source);
    const shiftNs = session.axis.shiftsNs.get(question.source);
    if (!source || shiftNs === undefined || question.goroutine >= source.trace.goroutines.length) return null;
    const {trace} = source;
    const {goroutines, states} = trace;
    const {goroutine} = question;
    const fromNs = question.fromNs - shiftNs;
    const toNs = question.toNs - shiftNs;
    const rows: number[] = [];
    const first = goroutines.firstState[goroutine];
    const end = first + goroutines.stateCount[goroutine];
    for (let row = lowerBound(states.startNs, fromNs, first, end); row < end && states.startNs[row] <= toNs; row++) if (states.by[row] >= 0 && states.by[row] !== goroutine) rows.push(row);
    const {caused} = session.goroutineRows(source);
    const endCaused = caused.first[goroutine + 1];
    for (let i = lowerBound(caused.times, fromNs, caused.first[goroutine], endCaused); i < endCaused && caused.times[i] <= toNs; i++) rows.push(caused.rows[i]);

    const name = (row: number): GoroutineName => ({source: source.id, goroutine: row, id: goroutines.id[row], startFunction: text(trace, goroutines.startFunction[row])});
    const found = rows.map((row) => ({row, ...linkOf(trace, row)}));
    // Its own birth first, then what ended the longest waits.
    const rank = ({kind, to, blockedNs}: (typeof found)[number]) => (kind === 'create' ? (to === goroutine ? Infinity : Number.MAX_VALUE) : blockedNs || 0);
    const shown = found.toSorted((a, b) => rank(b) - rank(a) || states.startNs[a.row] - states.startNs[b.row]).slice(0, question.most);
    shown.sort((a, b) => states.startNs[a.row] - states.startNs[b.row]);
    const list = shown.map(({row, kind, to}): Link => ({kind, timeNs: states.startNs[row] + shiftNs, from: name(states.by[row]), to: name(to)}));
    return {links: list, more: found.length - list.length};
  },
});

/** `blockedNs`: how long the other had waited before; NaN for `create`, or where it is not known. */
function linkOf({goroutines, states}: Trace, row: number): {readonly kind: Link['kind']; readonly to: number; readonly blockedNs: number} {
  // States are grouped by goroutine, in the order of goroutines.
  const to = upperBound(goroutines.firstState, row) - 1;
  const isFirst = row === goroutines.firstState[to];
  if (isFirst && goroutines.startNs[to] === states.startNs[row]) return {kind: 'create', to, blockedNs: Number.NaN};
  const hadWaited = !isFirst && states.state[row - 1] === State.Waiting;
  return {kind: 'unblock', to, blockedNs: hadWaited ? states.startNs[row] - states.startNs[row - 1] : Number.NaN};
}
