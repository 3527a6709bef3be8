/** Samples by process, copied bytes, bytes of stacks and garbage collections over an axis, by pixel. */
import {SpanKind, StackChangeKind} from '../../model/tables.ts';
import {sampleCount, text} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import {paintStackSeries} from '../stacks-held/shape.ts';
import {MOST_PROCESSES, type OverviewAnswer, type OverviewQuestion, type SampledProcess} from './shape.ts';

export const overview = defineDerivation({
  id: 'overview',
  answer(session, {group, widthPx, event, filter, counted}: OverviewQuestion): OverviewAnswer | null {
    const axisGroup = session.axis.groups.find(({reference}) => reference === group);
    if (!axisGroup) return null;
    const {endNs} = axisGroup;
    const width = Math.max(1, Math.floor(widthPx));
    const pixel = (timeNs: number) => Math.min(width - 1, Math.max(0, Math.floor((timeNs * width) / Math.max(endNs, 1))));
    const members = axisGroup.members.map((id) => session.openSource(id));
    // Growths are counted from one source, never from several that tell of the same ones.
    const sized = members.find(({id, trace}) => id === counted && trace.hasStackSizes) ?? members.find(({trace}) => trace.hasStackSizes) ?? null;
    const told = toldPixels(session, sized, pixel, width);
    const answer = {
      endNs, samples: new Float64Array(width), growthSamples: new Float64Array(width), copiedBytes: new Float64Array(width).map((_, at) => (told(at) ? 0 : Number.NaN)), ...held(session, sized, filter, endNs, width, told),
      gc: new Uint8Array(width), hasStackSizes: sized !== null,
    };
    const onAxis = event && axisGroup.members.includes(event.source) ? event : null;
    if (onAxis) countSamples(session, onAxis, filter, pixel, answer);
    const processes = onAxis ? countProcesses(session, onAxis, filter, pixel, width) : noProcesses();
    for (const source of members) {
      const {stackChanges, spans} = source.trace;
      const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
      const pass = session.filtered(source, filter).stackChanges;
      for (let i = 0; source === sized && i < stackChanges.length; i++) {
        if (stackChanges.kind[i] !== StackChangeKind.Growth || (pass && pass[i] === 0)) continue;
        // A stack at least doubles: half the new size bounds an old one that is not known.
        const oldBytes = Number.isNaN(stackChanges.oldBytes[i]) ? stackChanges.newBytes[i] / 2 : stackChanges.oldBytes[i];
        answer.copiedBytes[pixel(stackChanges.timeNs[i] + shiftNs)] += oldBytes;
      }
      for (let i = 0; i < spans.length; i++) {
        if (spans.kind[i] !== SpanKind.Gc) continue;
        const end = Number.isNaN(spans.endNs[i]) ? endNs : spans.endNs[i] + shiftNs;
        answer.gc.fill(1, pixel(spans.startNs[i] + shiftNs), pixel(end) + 1);
      }
    }
    return {...answer, ...processes};
  },
});

/** A column of its own each time: answers are moved. */
const noProcesses = (): Pick<OverviewAnswer, 'processes' | 'byProcess'> => ({processes: [], byProcess: new Float64Array(0)});

/** Which pixels the source with stack sizes tells of: it may begin later or end sooner than the axis. */
function toldPixels(session: Session, sized: SessionSource | null, pixel: (timeNs: number) => number, widthPx: number): (at: number) => boolean {
  if (!sized) return () => false;
  const shiftNs = session.axis.shiftsNs.get(sized.id) ?? 0;
  const first = Math.max(0, pixel(sized.trace.startNs + shiftNs));
  const last = Math.min(widthPx - 1, pixel(sized.trace.endNs + shiftNs));
  return (at) => at >= first && at <= last;
}

function held(session: Session, sized: SessionSource | null, filter: Filter, endNs: number, widthPx: number, told: (at: number) => boolean): Pick<OverviewAnswer, 'heldBytes' | 'mostHeldBytes'> {
  const heldBytes = new Float32Array(widthPx).fill(Number.NaN);
  if (!sized) return {heldBytes, mostHeldBytes: Number.NaN};
  const series = session.stacksHeld(sized, filter);
  paintStackSeries(series, {fromNs: 0, toNs: endNs, widthPx}, {sum: heldBytes, alive: new Float32Array(widthPx), most: new Uint8Array(widthPx)});
  // While none of these goroutines lives they hold nothing, as far as the source tells.
  return {heldBytes: heldBytes.map((bytes, at) => (told(at) ? (Number.isNaN(bytes) ? 0 : bytes) : Number.NaN)), mostHeldBytes: series.mostSum};
}

function countSamples(session: Session, event: {readonly source: number; readonly event: number}, filter: Filter, pixel: (timeNs: number) => number, answer: {samples: Float64Array; growthSamples: Float64Array}): void {
  const source = session.openSource(event.source);
  const {samples} = source.trace;
  const classes = session.chains(source).class;
  const pass = session.filtered(source, filter).samples;
  const shiftNs = session.axis.shiftsNs.get(event.source) ?? 0;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== event.event || (pass && pass[i] === 0) || Number.isNaN(samples.timeNs[i])) continue;
    const at = pixel(samples.timeNs[i] + shiftNs);
    const count = sampleCount(source.trace, i);
    answer.samples[at] += count;
    if (samples.stack[i] >= 0 && classes[samples.stack[i]] === ChainClass.Growth) answer.growthSamples[at] += count;
  }
}

/** Whose the samples are, where there are several whose they could be. */
function countProcesses(session: Session, event: {readonly source: number; readonly event: number}, filter: Filter, pixel: (timeNs: number) => number, width: number): Pick<OverviewAnswer, 'processes' | 'byProcess'> {
  const source = session.openSource(event.source);
  const {samples, threads, processes} = source.trace;
  const pass = session.filtered(source, filter).samples;
  const shiftNs = session.axis.shiftsNs.get(event.source) ?? 0;
  const pidOf = Int32Array.from({length: threads.length}, (_, thread) => (threads.process[thread] < 0 ? -1 : processes.pid[threads.process[thread]]));
  if (new Set(pidOf).size < 2 && !samples.thread.includes(-1)) return noProcesses();
  /** By thread row; the last is for samples of none. */
  const ofThread = new Float64Array(threads.length + 1);
  const each = (onSample: (row: number, thread: number) => void) => {
    for (let i = 0; i < samples.length; i++) {
      if (samples.event[i] !== event.event || (pass && pass[i] === 0) || Number.isNaN(samples.timeNs[i])) continue;
      onSample(i, samples.thread[i] < 0 ? threads.length : samples.thread[i]);
    }
  };
  each((row, thread) => {
    ofThread[thread] += sampleCount(source.trace, row);
  });
  const counted = new Map<number, number>();
  ofThread.forEach((count, thread) => {
    const pid = thread < threads.length ? pidOf[thread] : -1;
    if (count > 0) counted.set(pid, (counted.get(pid) ?? 0) + count);
  });
  if (counted.size < 2) return noProcesses();
  const order = [...counted].sort(([a, x], [b, y]) => Number(a === -1) - Number(b === -1) || y - x || a - b);
  const named = order.slice(0, order.length > MOST_PROCESSES ? MOST_PROCESSES - 1 : MOST_PROCESSES).filter(([pid]) => pid !== -1);
  const rest = order.slice(named.length).reduce((sum, [, count]) => sum + count, 0);
  const placeOf = new Map(named.map(([pid], place) => [pid, place]));
  const byProcess = new Float64Array((named.length + Number(rest > 0)) * width);
  const placeOfThread = Int32Array.from(ofThread, (_, thread) => placeOf.get(thread < threads.length ? pidOf[thread] : -1) ?? named.length);
  each((row, thread) => {
    byProcess[placeOfThread[thread] * width + pixel(samples.timeNs[row] + shiftNs)] += sampleCount(source.trace, row);
  });
  const list = named.map(([pid, count]): SampledProcess => ({pid, name: nameOf(source, pid), samples: count}));
  return {processes: rest > 0 ? [...list, {pid: -1, name: null, samples: rest}] : list, byProcess};
}

/** A process is called as its first thread, where that has a name. */
function nameOf({trace}: SessionSource, pid: number): string | null {
  const process = trace.processes.pid.indexOf(pid);
  const main = trace.threads.tid.findIndex((tid, thread) => tid === pid && trace.threads.process[thread] === process);
  const any = main >= 0 ? main : trace.threads.process.indexOf(process);
  return text(trace, trace.processes.name[process]) ?? (any < 0 ? null : text(trace, trace.threads.name[any]));
}
