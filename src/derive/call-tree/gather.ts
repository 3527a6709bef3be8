/** A query -> what it weighs: rows of samples, stack changes or states, each with its weight, its time on the axis and its stack. */
import {sampleCount, sampleWeight} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {growthsOf} from './gather-growths.ts';
import {statesOf} from './gather-states.ts';
import type {Gathered} from './gathered.ts';
import type {CallTreeQuery} from './shape.ts';

/** null: the source is not open, or has nothing of the kind. Cost: linear in the rows of the table. */
export function gathered(session: Session, query: CallTreeQuery): Gathered | null {
  const source = session.source(query.source);
  if (!source) return null;
  switch (query.weight) {
    case 'period':
    case 'samples': return samplesOf(session, source, query);
    case 'growths':
    case 'copiedBytes':
    case 'copyNs': return growthsOf(session, source, query, query.weight);
    case 'runningNs':
    case 'runnableNs':
    case 'waitingNs':
    case 'syscallNs': return statesOf(session, source, query, query.weight);
  }
}

/** The samples of the event that pass filter and range. A sample without a time is in no range. */
function samplesOf(session: Session, source: SessionSource, {event, range, filter, weight: weightName}: CallTreeQuery): Gathered {
  const {trace} = source;
  const {samples, sampleCount: counts} = trace;
  const classes = session.chains(source).class;
  const pass = session.filtered(source, filter).samples;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const from = range ? range.fromNs - shiftNs : -Infinity;
  const to = range ? range.toNs - shiftNs : Infinity;
  const row = new Int32Array(samples.length);
  let length = 0;
  for (let i = 0; i < samples.length; i++) {
    if (samples.event[i] !== event || (pass && pass[i] === 0) || (range && !(samples.timeNs[i] >= from && samples.timeNs[i] <= to))) continue;
    row[length++] = i;
  }
  const timeNs = new Float64Array(length);
  const weight = new Float64Array(length);
  const count = counts ? new Float64Array(length) : null;
  const stack = new Int32Array(length);
  const weightOf = weightName === 'period' ? sampleWeight : sampleCount;
  const sums = {samples: 0, weight: 0, growthSamples: 0, growthWeight: 0};
  for (let i = 0; i < length; i++) {
    const sample = row[i];
    const stands = counts ? counts[sample] : 1;
    timeNs[i] = samples.timeNs[sample] + shiftNs;
    weight[i] = weightOf(trace, sample);
    stack[i] = samples.stack[sample];
    if (count) count[i] = stands;
    sums.samples += stands;
    sums.weight += weight[i];
    if (stack[i] >= 0 && classes[stack[i]] === ChainClass.Growth) {
      sums.growthSamples += stands;
      sums.growthWeight += weight[i];
    }
  }
  return {length, table: 'samples', source, row: row.subarray(0, length), timeNs, durationNs: null, weight, count, stack, stackSources: [source], stackSource: null, neighbour: null, sums};
}
