/** Things of a call tree whose stacks hold a match -> the pixels of the lanes that they are of. What matches, and whose it is, is kept for the last search. */
import {matchingRows} from '../../base/matching-rows.ts';
import {text} from '../../model/trace.ts';
import {rowsBelow, type CallTreeQuery, type Owners, type Things, type WeighedTree} from '../call-tree/shape.ts';
import {defineDerivation, type Session} from '../derivation.ts';
import type {LanePlace} from '../moment/shape.ts';
import type {LaneMatchesAnswer, LaneMatchesQuestion} from './shape.ts';

export const laneMatches = defineDerivation({
  id: 'laneMatches',
  answer(session, {query, search, ignoreCase, fromNs, toNs, widthPx, lanes}: LaneMatchesQuestion): LaneMatchesAnswer | null {
    const made = session.callTree(query);
    if (!made) return null;
    const width = Math.max(1, Math.floor(widthPx));
    const {rows, goroutine, thread} = matchesOf(session, made, search, ignoreCase);
    const goroutineLanes = lanesOfGoroutines(session, made.things, goroutine, lanes);
    const threadLanes = lanesOfThreads(session, made.things, thread, lanes);
    const eventLane = made.things.table === 'samples' ? lanes.findIndex(({place}) => isEvent(place, query)) : -1;
    const marks = new Uint8Array(lanes.length * width);
    const found = new Float64Array(lanes.length);
    const pixelsPerNs = toNs > fromNs ? width / (toNs - fromNs) : 0;
    const {timeNs, durationNs, count} = made.things;
    for (const i of rows) {
      const endNs = durationNs && durationNs[i] > 0 ? timeNs[i] + durationNs[i] : timeNs[i];
      if (!(timeNs[i] <= toNs && endNs >= fromNs)) continue;
      const first = Math.max(0, Math.min(width - 1, Math.floor((timeNs[i] - fromNs) * pixelsPerNs)));
      const last = Math.max(first, Math.min(width - 1, Math.ceil((endNs - fromNs) * pixelsPerNs) - 1));
      const mark = (lane: number) => {
        if (lane < 0) return;
        found[lane] += count ? count[i] : 1;
        marks.fill(1, lane * width + first, lane * width + last + 1);
      };
      if (goroutine.of[i] >= 0) {
        mark(goroutineLanes.own[goroutine.of[i]]);
        mark(goroutineLanes.group[goroutine.of[i]]);
      }
      if (thread.of[i] >= 0) mark(threadLanes[thread.of[i]]);
      mark(eventLane);
    }
    return {keys: lanes.map(({key}) => key), fromNs, toNs, widthPx: width, marks, found};
  },
});

interface Matches {
  readonly search: string;
  readonly ignoreCase: boolean;
  /** Rows of the things that match. */
  readonly rows: Int32Array;
  readonly goroutine: Owners;
  readonly thread: Owners;
}

const NOBODY: Owners = {of: new Int32Array(0), names: [], rows: []};
const kept = new WeakMap<WeighedTree, Matches>();

/** Cost: linear in the things of the tree, once a search. */
function matchesOf(session: Session, made: WeighedTree, search: string, ignoreCase: boolean): Matches {
  const before = kept.get(made);
  if (before?.search === search && before.ignoreCase === ignoreCase) return before;
  const {tree, things} = made;
  const holds = rowsBelow(tree, matchingRows(tree.names, search, ignoreCase));
  const {node, length} = things;
  const rows: number[] = [];
  for (let i = 0; i < length; i++) if (node[i] >= 0 && holds[node[i]] === 1) rows.push(i);
  const owners = (of: 'goroutine' | 'thread') => before?.[of] ?? session.owners(things, of) ?? NOBODY;
  // Switches and states are of no thread that is told, or of no goroutine.
  const found = {search, ignoreCase, rows: Int32Array.from(rows), goroutine: owners('goroutine'), thread: owners('thread')};
  kept.set(made, found);
  return found;
}

type Lanes = LaneMatchesQuestion['lanes'];

function isEvent(place: LanePlace, {source, event}: CallTreeQuery): boolean {
  return place.kind === 'event' && place.source === source && place.event === event;
}

/** By owner: the lane of the goroutine, and that of the group that it is in; -1: it is not among the lanes. */
function lanesOfGoroutines(session: Session, {table, source: id}: Things, {rows}: Owners, lanes: Lanes): {readonly own: Int32Array; readonly group: Int32Array} {
  const ofThings = session.openSource(id);
  const source = table === 'samples' ? session.source(session.attribution(ofThings).to) : ofThings;
  const own = new Int32Array(rows.length).fill(-1);
  const group = new Int32Array(rows.length).fill(-1);
  if (!source) return {own, group};
  const {trace} = source;
  const {startFunction, creator} = trace.goroutines;
  const laneOf = new Map(lanes.flatMap(({place}, lane) => (place.kind === 'goroutine' && place.source === source.id ? [[place.goroutine, lane] as const] : [])));
  const groups = new Map(lanes.flatMap(({place}, lane) => (place.kind === 'group' ? [[`${place.by} ${place.name ?? ''}`, lane] as const] : [])));
  rows.forEach((goroutine, owner) => {
    own[owner] = laneOf.get(goroutine) ?? -1;
    const name = (of: number) => (of < 0 ? '' : (text(trace, startFunction[of]) ?? ''));
    group[owner] = groups.get(`startFunction ${name(goroutine)}`) ?? groups.get(`creator ${name(creator[goroutine])}`) ?? -1;
  });
  return {own, group};
}

function lanesOfThreads(session: Session, {source}: Things, {rows}: Owners, lanes: Lanes): Int32Array {
  const {tid} = session.openSource(source).trace.threads;
  const laneOf = new Map(lanes.flatMap(({place}, lane) => (place.kind === 'thread' ? [[place.id, lane] as const] : [])));
  return Int32Array.from(rows, (thread) => laneOf.get(tid[thread]) ?? -1);
}
