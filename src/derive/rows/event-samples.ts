/** The samples of an event -> columns in time order with running sums, so that those of a range are a slice of them. Made once and kept by the session. */
import {ascendingOrder} from '../../base/columns/sort.ts';
import type {SampleTable} from '../../model/tables.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Filter} from '../filter/shape.ts';
import type {EventSamples} from './shape.ts';

/** Cost: linear, and sorting what is not in time order. A brush then takes a slice (bench: explorer, brush over 1M samples; call tree and processes 211 ms of CPU, so 27 ms). */
export function eventSamples(session: Session, source: SessionSource, event: number, weightName: 'period' | 'samples', filter: Filter): EventSamples {
  const {trace} = source;
  const {samples, sampleCount: counts} = trace;
  const {stack: stackOf, timeNs: timeOf, period: periodOf} = samples;
  const classes = session.chains(source).class;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const {row, timed, isAsRead} = samplesInTime(samples, event, session.filtered(source, filter).samples);
  const {length} = row;
  // What is the same as the trace has it is not copied: of a large capture that would be hundreds of MB.
  const timeNs = isAsRead ? timesOnAxis(samples, shiftNs) : new Float64Array(length);
  const stack = isAsRead ? stackOf : new Int32Array(length);
  const isPeriod = weightName === 'period' && isAsRead && !periodOf.some((period) => Number.isNaN(period));
  const weight = isPeriod ? periodOf : new Float64Array(length);
  const weightBefore = new Float64Array(length + 1);
  const count = counts ? new Float64Array(length) : null;
  const countBefore = counts ? new Float64Array(length + 1) : null;
  const ofClass: number[][] = Object.values(ChainClass).map(() => []);
  for (let i = 0; i < length; i++) {
    const sample = row[i];
    if (!isAsRead) {
      timeNs[i] = timeOf[sample] + shiftNs;
      stack[i] = stackOf[sample];
    }
    // As `sampleWeight` and `sampleCount` say.
    const stands = counts ? counts[sample] : 1;
    if (!isPeriod) weight[i] = weightName === 'samples' || Number.isNaN(periodOf[sample]) ? stands : periodOf[sample];
    weightBefore[i + 1] = weightBefore[i] + weight[i];
    if (counts && count && countBefore) {
      count[i] = stands;
      countBefore[i + 1] = countBefore[i] + count[i];
    }
    const chain = stack[i] < 0 ? ChainClass.None : classes[stack[i]];
    if (chain !== ChainClass.None) ofClass[chain].push(i);
  }
  return {length, timed, row, timeNs, stack, weight, count, weightBefore, countBefore, ofClass: ofClass.map((places) => Int32Array.from(places))};
}

/** The times of all samples, where they are in order; kept with the trace, since each weight has the same. */
const shifted = new WeakMap<SampleTable, {readonly shiftNs: number; readonly timeNs: Float64Array}>();

function timesOnAxis(samples: SampleTable, shiftNs: number): Float64Array {
  if (shiftNs === 0) return samples.timeNs;
  let known = shifted.get(samples);
  if (known?.shiftNs !== shiftNs) shifted.set(samples, (known = {shiftNs, timeNs: samples.timeNs.map((timeNs) => timeNs + shiftNs)}));
  return known.timeNs;
}

/** What `samplesInTime` gives. */
interface InTime {
  readonly row: Int32Array;
  /** How many have a time. */
  readonly timed: number;
  /** They are all samples of the source, in its own order. */
  readonly isAsRead: boolean;
}

/** Without a filter; kept with the trace, since each weight and all lanes ask for them. */
const allInTime = new WeakMap<SampleTable, Map<number, InTime>>();

/** Rows of the event's samples that pass, in time order, and behind them those without a time. */
export function samplesInTime(samples: SampleTable, event: number, pass: Uint8Array | null): InTime {
  if (pass) return inTime(samples, event, pass);
  let known = allInTime.get(samples);
  if (!known) allInTime.set(samples, (known = new Map()));
  let found = known.get(event);
  if (!found) known.set(event, (found = inTime(samples, event, null)));
  return found;
}

function inTime({event: eventOf, timeNs: timeOf, length}: SampleTable, event: number, pass: Uint8Array | null): InTime {
  const row = new Int32Array(length);
  const timeless: number[] = [];
  let timed = 0;
  let isInOrder = true;
  let lastNs = -Infinity;
  for (let i = 0; i < length; i++) {
    if (eventOf[i] !== event || (pass && pass[i] === 0)) continue;
    const timeNs = timeOf[i];
    if (Number.isNaN(timeNs)) {
      timeless.push(i);
      continue;
    }
    if (timeNs < lastNs) isInOrder = false;
    lastNs = timeNs;
    row[timed++] = i;
  }
  if (!isInOrder) {
    const read = row.slice(0, timed);
    const order = ascendingOrder(Float64Array.from(read, (sample) => timeOf[sample]));
    for (let i = 0; i < timed; i++) row[i] = read[order[i]];
  }
  row.set(timeless, timed);
  const all = timed + timeless.length;
  return {row: all === length ? row : row.slice(0, all), timed, isAsRead: isInOrder && timed === length};
}
