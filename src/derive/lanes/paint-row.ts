/** One row -> its planes: what it is of decides what is painted. */
import {lowerBound, upperBound} from '../../base/columns/search.ts';
import {State, StackChangeKind} from '../../model/tables.ts';
import {text} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import type {SessionSource} from '../derivation.ts';
import {catalogue} from './catalogue.ts';
import type {TraceWindow} from './counters.ts';
import {paintedOnce} from './kept-rows.ts';
import type {Layered} from './layers.ts';
import type {Content} from './list.ts';
import {paintGcRow} from './paint-spans.ts';
import {runsOfProcs} from './proc-runs.ts';
import type {SamplesOfOwner} from '../rows/shape.ts';
import {paintOnOffCpu} from './on-off-cpu.ts';
import {samplesByEvent} from './rows-of-lane.ts';
import {LaneMark} from './shape.ts';
import {orderOfSize, paintStackSeries, SizeStep, type StackSeries} from '../stacks-held/shape.ts';
import {paintTrack, type StateTrack} from './state-track.ts';
import {regionsOf, type NamedStretch} from './tasks.ts';
import type {Painted, Painting} from './painting.ts';
import {paintUsed} from './used.ts';
import {onTrace, paintCounter, paintProcs, paintTaskCount} from './values.ts';

const PLAIN: Painted = {mostValue: Number.NaN};

/** `key`: of the row. */
export function paintRow(painting: Painting, content: Content, key: string): Painted {
  return paintedOnce(painting, content, key, () => paintAnew(painting, content));
}

function paintAnew(painting: Painting, content: Content): Painted {
  const {session, group, question, window, values} = painting;
  switch (content.kind) {
    case 'section': return paintSection(painting, content);
    case 'counter': return {mostValue: paintCounter(session, content, question.filter, window, values)};
    case 'gc':
      paintGcRow(session, group, question.filter, window, painting.state);
      return PLAIN;
    case 'proc': return paintProc(painting, content.source, content.proc);
    case 'group': {
      const series = content.group.series();
      paintStackSeries(series, window, {sum: values[0], alive: values[1], most: painting.size});
      markSteps(series, window, painting.marks);
      if (!content.group.source.trace.hasStackSizes) values[0].fill(Number.NaN);
      return {mostValue: content.group.source.trace.hasStackSizes ? series.mostSum : series.mostAlive};
    }
    case 'goroutine':
      paintGoroutine(painting, content.source, content.goroutine);
      paintUsedBytes(painting, content.source, content.goroutine);
      markSamples(painting, painting.samples?.to === content.source.id ? painting.samples.ofGoroutine(content.goroutine) : undefined);
      return PLAIN;
    case 'regions': return paintLayers(painting, content.source, regionsOf(content.source.trace, content.goroutine));
    case 'task': return paintLayers(painting, content.task.source, content.task.boxes);
    case 'log': return paintLogs(painting, content.source);
    case 'process': return {mostValue: countSamples(painting, content.process.threads.map(({tid}) => tid), values[0])};
    case 'thread':
      for (const {source, thread} of content.lane.threads) paintThread(painting, source, thread);
      for (const {source, thread} of content.lane.threads) {
        const off = session.offCpu(source);
        if (off) paintOnOffCpu(source, off, thread, onTrace(session, source, window), painting.state);
      }
      markSamples(painting, painting.samples?.ofThread(content.lane.tid));
      return PLAIN;
    case 'event': {
      const {source, event} = content.lane;
      markSamples({...painting, question: {...question, event: {source: source.id, event}}}, samplesByEvent(session, source, question.filter)(event));
      return PLAIN;
    }
  }
}

function paintSection(painting: Painting, {section, shows}: Extract<Content, {readonly kind: 'section'}>): Painted {
  const {session, group, question, window, values} = painting;
  const all = catalogue(session, group, question);
  if (shows) return {mostValue: paintCounter(session, shows, question.filter, window, values)};
  switch (section) {
    case 'procs': return {mostValue: paintProcs(session, all.procs, window, values[0])};
    case 'tasks': return {mostValue: paintTaskCount(session, all.tasks, window, values[0])};
    case 'threads': return {mostValue: countSamples(painting, all.processes.flatMap(({threads}) => threads.map(({tid}) => tid)), values[0])};
    case 'counters':
    case 'gc':
    case 'goroutines':
    case 'logs':
    case 'events': return PLAIN;
  }
}

/** Position of a time in pixels, not cut to the window. */
function pixels({fromNs, toNs, widthPx}: TraceWindow): (timeNs: number) => number {
  const scale = widthPx / Math.max(1, toNs - fromNs);
  return (timeNs) => (timeNs - fromNs) * scale;
}

function paintUsedBytes({session, window, used}: Painting, source: SessionSource, goroutine: number): void {
  const {first, times} = session.goroutineRows(source).changes;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  paintUsed(session, source, goroutine, times.subarray(first[goroutine], first[goroutine + 1]).map((timeNs) => timeNs + shiftNs), window, used);
}

function paintGoroutine({session, window, state, size, marks}: Painting, source: SessionSource, goroutine: number): void {
  const {trace} = source;
  const {goroutines, states, stackChanges: changes} = trace;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  const firstState = goroutines.firstState[goroutine];
  const endState = firstState + goroutines.stateCount[goroutine];
  const endNs = Number.isNaN(goroutines.endNs[goroutine]) ? trace.endNs : goroutines.endNs[goroutine];
  const track: StateTrack = {
    first: firstState, end: endState, startNs: states.startNs, state: (i) => states.state[i],
    endNs: (i) => (i + 1 < endState ? states.startNs[i + 1] : endNs),
  };
  paintTrack(trace, `G${goroutine}`, track, onTrace(session, source, window), state);

  const {first, rows} = session.goroutineRows(source).changes;
  const own = rows.subarray(first[goroutine], first[goroutine + 1]);
  const bornNs = goroutines.startNs[goroutine];
  const aliveFrom = x((Number.isNaN(bornNs) ? trace.startNs : bornNs) + shiftNs);
  const aliveTo = x(endNs + shiftNs);
  own.forEach((change, i) => {
    const at = x(changes.timeNs[change] + shiftNs);
    const kind = changes.kind[change];
    if (kind === StackChangeKind.Growth || kind === StackChangeKind.Shrink) mark(marks, at, kind === StackChangeKind.Growth ? LaneMark.Growth : LaneMark.Shrink);
    // Before its first change the goroutine had the old size, whatever it was when it began.
    if (i === 0 && kind !== StackChangeKind.Initial) fillSize(size, aliveFrom, at, changes.oldBytes[change]);
    const next = i + 1 < own.length ? x(changes.timeNs[own[i + 1]] + shiftNs) : aliveTo;
    if (kind !== StackChangeKind.Freed) fillSize(size, at, Math.min(next, aliveTo), changes.newBytes[change]);
  });
}

/** Sets the pixels that `[x0, x1)` touches, and at least the one at `x0`, to at least log2 of the size. */
function fillSize(plane: Uint8Array, x0: number, x1: number, sizeBytes: number): void {
  if (!(sizeBytes > 0)) return;
  const order = orderOfSize(sizeBytes);
  const to = Math.min(plane.length, Math.max(Math.ceil(x1), Math.floor(x0) + 1));
  for (let pixel = Math.max(0, Math.floor(x0)); pixel < to; pixel++) if (plane[pixel] < order) plane[pixel] = order;
}

const MARK_OF_STEP: Readonly<Record<number, number>> = {[SizeStep.Growth]: LaneMark.Growth, [SizeStep.Shrink]: LaneMark.Shrink};

function markSteps({timeNs, step}: StackSeries, window: TraceWindow, marks: Uint8Array): void {
  const x = pixels(window);
  const end = lowerBound(timeNs, window.toNs);
  for (let i = lowerBound(timeNs, window.fromNs); i < end; i++) if (step[i] !== SizeStep.Other) mark(marks, x(timeNs[i]), MARK_OF_STEP[step[i]]);
}

function mark(plane: Uint8Array, x: number, bit: number): void {
  const pixel = Math.floor(x);
  if (pixel >= 0 && pixel < plane.length) plane[pixel] |= bit;
}

/** A thread shows when a goroutine was on it. */
function paintThread({session, window, state}: Painting, source: SessionSource, thread: number): void {
  if (source.trace.goroutines.length === 0) return;
  const runs = session.runs(source);
  const track: StateTrack = {first: runs.first[thread], end: runs.first[thread + 1], startNs: runs.startNs, state: () => State.Running, endNs: (i) => runs.endNs[i]};
  paintTrack(source.trace, `M${thread}`, track, onTrace(session, source, window), state);
}

/** A name has room from so many pixels on. */
const NAMED_PX = 40;

/** The states of a proc, and by name the goroutines that it ran long enough to be read. */
function paintProc({session, window, state, boxes, index}: Painting, source: SessionSource, proc: number): Painted {
  const {trace} = source;
  const {procs, states, goroutines} = trace;
  const first = procs.firstState[proc];
  const end = first + procs.stateCount[proc];
  const track: StateTrack = {first, end, startNs: states.startNs, state: (i) => states.state[i], endNs: (i) => (i + 1 < end ? states.startNs[i + 1] : trace.endNs)};
  paintTrack(trace, `P${proc}`, track, onTrace(session, source, window), state);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const runs = runsOfProcs(trace);
  const ofProc = {from: runs.first[proc], to: runs.first[proc + 1]};
  const leastNs = (NAMED_PX * (window.toNs - window.fromNs)) / window.widthPx;
  const named: NamedStretch[] = [];
  for (let i = Math.max(ofProc.from, upperBound(runs.startNs, window.fromNs - shiftNs, ofProc.from, ofProc.to) - 1); i < ofProc.to && runs.startNs[i] + shiftNs < window.toNs; i++) {
    if (runs.endNs[i] - runs.startNs[i] < leastNs) continue;
    const g = runs.goroutine[i];
    named.push({fromNs: runs.startNs[i] + shiftNs, toNs: runs.endNs[i] + shiftNs, name: `G${goroutines.id[g]} ${text(trace, goroutines.startFunction[g]) ?? ''}`.trim()});
  }
  boxes.add(index, 0, named);
  return PLAIN;
}

function paintLayers({session, boxes, index}: Painting, source: SessionSource, {stretches, layer, layers}: Layered<NamedStretch>): Painted {
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  for (let at = 0; at < layers; at++) {
    const own = stretches.filter((_, i) => layer[i] === at);
    boxes.add(index, at, own.map(({fromNs, toNs, name}) => ({fromNs: fromNs + shiftNs, toNs: toNs + shiftNs, name})));
  }
  return PLAIN;
}

function paintLogs({session, window, marks, boxes, index}: Painting, source: SessionSource): Painted {
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  const {times, texts} = session.logs(source);
  const logs = texts.map((name, i) => ({timeNs: times[i] + shiftNs, name}));
  for (const {timeNs} of logs) mark(marks, x(timeNs), LaneMark.Instant);
  boxes.addMoments(index, logs);
  return PLAIN;
}

const MARK_OF_CLASS: Readonly<Record<number, number>> = {
  [ChainClass.Growth]: LaneMark.GrowthSample,
  [ChainClass.Preemption]: LaneMark.Preemption,
  [ChainClass.Overflow]: LaneMark.Overflow,
};

function markSamples(painting: Painting, samples: SamplesOfOwner | undefined): void {
  const {session, question, window, marks} = painting;
  const source = question.event && session.source(question.event.source);
  if (!samples || !source) return;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  const classes = session.chains(source).class;
  const {timeNs, stack} = source.trace.samples;
  const end = upperBound(samples.times, window.toNs - shiftNs);
  for (let i = lowerBound(samples.times, window.fromNs - shiftNs); i < end; i++) {
    const sample = samples.rows[i];
    const chain = stack[sample] < 0 ? ChainClass.None : classes[stack[sample]];
    mark(marks, x(timeNs[sample] + shiftNs), LaneMark.Sample | (MARK_OF_CLASS[chain] ?? 0));
  }
}

/** Samples to a pixel from which on halving is faster than looking at each. */
const HALVING_PAYS = 20;

/** Samples of several threads by pixel; gives the most of one pixel. */
function countSamples(painting: Painting, tids: readonly number[], plane: Float32Array): number {
  const {session, question, window, samples} = painting;
  const source = question.event && session.source(question.event.source);
  if (!samples || !source) return Number.NaN;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const x = pixels(window);
  plane.fill(0);
  for (const tid of tids) {
    const {times} = samples.ofThread(tid);
    const end = lowerBound(times, window.toNs - shiftNs);
    let i = lowerBound(times, window.fromNs - shiftNs);
    if (end - i < plane.length * HALVING_PAYS) for (; i < end; i++) plane[Math.min(plane.length - 1, Math.floor(x(times[i] + shiftNs)))]++;
    else {
      // Very many to a pixel: where each pixel ends is found by halves.
      const pixelNs = (window.toNs - window.fromNs) / plane.length;
      for (let pixel = 0; pixel < plane.length; pixel++) {
        const next = pixel + 1 === plane.length ? end : lowerBound(times, window.fromNs - shiftNs + (pixel + 1) * pixelNs, i, end);
        plane[pixel] += next - i;
        i = next;
      }
    }
  }
  return plane.reduce((most, count) => Math.max(most, count), 0);
}
