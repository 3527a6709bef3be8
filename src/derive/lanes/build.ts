/** Lanes -> planes of pixels: what state, what stack size and which marks each pixel of each lane shows. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {State, StackChangeKind} from '../../model/tables.ts';
import {ChainClass} from '../chains/shape.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import {laneOrder, type LaneRows} from './order.ts';
import {changesByGoroutine, samplesByLane} from './rows-of-lane.ts';
import {paintTrack, type StateTrack} from './state-track.ts';
import {LaneMark, type LanesAnswer, type LanesQuestion} from './shape.ts';

export const lanes = defineDerivation({
  id: 'lanes',
  answer(session, question: LanesQuestion): LanesAnswer | null {
    const group = session.axis.groups.find(({reference}) => reference === question.group);
    if (!group) return null;
    const order = laneOrder(session, group, question);
    const first = Math.min(question.first, Math.max(0, order.length - 1));
    const shown = order.slice(first, first + question.count);
    const widthPx = Math.max(1, Math.floor(question.widthPx));
    const plane = () => new Uint8Array(shown.length * widthPx);
    const planes = {state: plane(), size: plane(), marks: plane()};
    const window: Window = {fromNs: question.fromNs, toNs: question.toNs, widthPx};
    // Samples of another axis have no place on this one.
    const event = question.event && group.members.includes(question.event.source) ? question.event : null;
    const samples = samplesByLane(session, event, question.filter);
    shown.forEach((lane, i) => {
      const from = i * widthPx;
      const row = {state: planes.state.subarray(from, from + widthPx), size: planes.size.subarray(from, from + widthPx), marks: planes.marks.subarray(from, from + widthPx)};
      if (lane.kind === 'goroutine') paintGoroutine(session, lane, window, row);
      else for (const {source, thread} of lane.threads) paintThread(session, source, thread, window, row);
      paintSamples(session, lane, samples, event, window, row.marks);
    });
    return {
      laneCount: order.length, goroutineLanes: order.filter(({kind}) => kind === 'goroutine').length, first,
      lanes: shown.map(({threads: _, ...lane}) => lane), ...window, ...planes,
    };
  },
});

interface Window {
  readonly fromNs: number;
  readonly toNs: number;
  readonly widthPx: number;
}

interface Row {
  readonly state: Uint8Array;
  readonly size: Uint8Array;
  readonly marks: Uint8Array;
}

/** Position of a time in pixels, not cut to the window. */
function pixels({fromNs, toNs, widthPx}: Window): (timeNs: number) => number {
  const scale = widthPx / Math.max(1, toNs - fromNs);
  return (timeNs) => (timeNs - fromNs) * scale;
}

function paintGoroutine(session: Session, lane: LaneRows, window: Window, row: Row): void {
  const source = session.source(lane.source)!;
  const {trace} = source;
  const {goroutines, states, stackChanges: changes} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  const firstState = goroutines.firstState[lane.goroutine];
  const endState = firstState + goroutines.stateCount[lane.goroutine];
  const endNs = Number.isNaN(goroutines.endNs[lane.goroutine]) ? trace.endNs : goroutines.endNs[lane.goroutine];
  const track: StateTrack = {
    first: firstState, end: endState, startNs: states.startNs, state: (i) => states.state[i],
    endNs: (i) => (i + 1 < endState ? states.startNs[i + 1] : endNs),
  };
  paintTrack(trace, `G${lane.goroutine}`, track, {fromNs: window.fromNs - shiftNs, toNs: window.toNs - shiftNs, widthPx: window.widthPx}, row.state);

  const {first, rows} = changesByGoroutine(trace);
  const ofLane = rows.subarray(first[lane.goroutine], first[lane.goroutine + 1]);
  const bornNs = goroutines.startNs[lane.goroutine];
  const aliveFrom = x((Number.isNaN(bornNs) ? trace.startNs : bornNs) + shiftNs);
  const aliveTo = x(endNs + shiftNs);
  ofLane.forEach((change, i) => {
    const at = x(changes.timeNs[change] + shiftNs);
    const kind = changes.kind[change];
    if (kind === StackChangeKind.Growth || kind === StackChangeKind.Shrink) mark(row.marks, at, kind === StackChangeKind.Growth ? LaneMark.Growth : LaneMark.Shrink);
    // Before its first change the goroutine had the old size, whatever it was when it began.
    if (i === 0 && kind !== StackChangeKind.Initial) fillSize(row.size, aliveFrom, at, changes.oldBytes[change]);
    const next = i + 1 < ofLane.length ? x(changes.timeNs[ofLane[i + 1]] + shiftNs) : aliveTo;
    if (kind !== StackChangeKind.Freed) fillSize(row.size, at, Math.min(next, aliveTo), changes.newBytes[change]);
  });
}

/** Sets the pixels that `[x0, x1)` touches, and at least the one at `x0`, to at least log2 of the size. */
function fillSize(plane: Uint8Array, x0: number, x1: number, sizeBytes: number): void {
  if (!(sizeBytes > 0)) return;
  const order = Math.round(Math.log2(sizeBytes));
  const to = Math.min(plane.length, Math.max(Math.ceil(x1), Math.floor(x0) + 1));
  for (let pixel = Math.max(0, Math.floor(x0)); pixel < to; pixel++) if (plane[pixel] < order) plane[pixel] = order;
}

function mark(plane: Uint8Array, x: number, bit: number): void {
  const pixel = Math.floor(x);
  if (pixel >= 0 && pixel < plane.length) plane[pixel] |= bit;
}

/** A thread shows when a goroutine was on it. */
function paintThread(session: Session, source: SessionSource, thread: number, window: Window, row: Row): void {
  if (source.trace.goroutines.length === 0) return;
  const runs = session.runs(source);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const track: StateTrack = {first: runs.first[thread], end: runs.first[thread + 1], startNs: runs.startNs, state: () => State.Running, endNs: (i) => runs.endNs[i]};
  paintTrack(source.trace, `M${thread}`, track, {fromNs: window.fromNs - shiftNs, toNs: window.toNs - shiftNs, widthPx: window.widthPx}, row.state);
}

const MARK_OF_CLASS: Readonly<Record<number, number>> = {
  [ChainClass.Growth]: LaneMark.GrowthSample,
  [ChainClass.Preemption]: LaneMark.Preemption,
  [ChainClass.Overflow]: LaneMark.Overflow,
};

function paintSamples(session: Session, lane: LaneRows, samples: ReturnType<typeof samplesByLane>, event: LanesQuestion['event'], window: Window, marks: Uint8Array): void {
  const source = event && session.source(event.source);
  if (!samples || !source) return;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  const classes = session.chains(source).class;
  const {timeNs, stack} = source.trace.samples;
  const rows = lane.kind === 'goroutine' ? samples.ofGoroutine(lane.source, lane.goroutine) : samples.ofThread(lane.id);
  const times = rows.times;
  const end = upperBound(times, window.toNs - shiftNs);
  for (let i = lowerBound(times, window.fromNs - shiftNs); i < end; i++) {
    const sample = rows.rows[i];
    const chain = stack[sample] < 0 ? ChainClass.None : classes[stack[sample]];
    mark(marks, x(timeNs[sample] + shiftNs), LaneMark.Sample | (MARK_OF_CLASS[chain] ?? 0));
  }
}
