/** A query -> what it weighs: rows of samples, stack changes or states, each with its weight, its time on the axis and its stack. */
import {ChainClass} from '../chains/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {growthsOf} from './gather-growths.ts';
import {offCpuOf} from './gather-off-cpu.ts';
import {statesOf} from './gather-states.ts';
import {samplesOfClass, samplesWithin} from '../rows/shape.ts';
import type {Gathered} from './gathered.ts';
import type {CallTreeQuery} from './shape.ts';

/** null: the source is not open, or has nothing of the kind. Cost: linear in the rows of the table. */
export function gathered(session: Session, query: CallTreeQuery): Gathered | null {
  const source = session.source(query.source);
  if (!source) return null;
  switch (query.weight) {
    case 'period':
    case 'samples': return samplesOf(session, source, query, query.weight);
    case 'growths':
    case 'copiedBytes':
    case 'copyNs': return growthsOf(session, source, query, query.weight);
    case 'runningNs':
    case 'runnableNs':
    case 'waitingNs':
    case 'syscallNs': return statesOf(session, source, query, query.weight);
    case 'offCpuNs': return offCpuOf(session, source, query);
  }
}

/** The samples of the event that pass filter and range: slices of what is kept. A sample without a time is in no range. */
function samplesOf(session: Session, source: SessionSource, {event, range, filter}: CallTreeQuery, weightName: 'period' | 'samples'): Gathered {
  const of = session.eventSamples(source, event, weightName, filter);
  const part = samplesWithin(of, range);
  const {first, end} = part;
  const growth = samplesOfClass(of, ChainClass.Growth, part);
  return {
    length: end - first, table: 'samples', source, row: of.row.subarray(first, end), timeNs: of.timeNs.subarray(first, end), durationNs: null,
    weight: of.weight.subarray(first, end), count: of.count?.subarray(first, end) ?? null, stack: of.stack.subarray(first, end), stackSources: [source], stackSource: null, neighbour: null,
    sums: {samples: part.count, weight: part.weight, growthSamples: growth.count, growthWeight: growth.weight},
  };
}
