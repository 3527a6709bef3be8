/**
 * Stack growths of the one source of the axis that they are counted from, each by the stack known for it: that of a sample that belongs to it, of a
 * probe that caught it, else of an event nearby (which is a neighbour, not a cause), else none.
 */
import {StackChangeKind} from '../../model/tables.ts';
import {groupOf} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {StackFrom} from '../growth/shape.ts';
import type {Gathered} from './gathered.ts';
import type {CallTreeQuery} from './shape.ts';

type Weight = 'growths' | 'copiedBytes' | 'copyNs';

/** null: no source of the axis tells of growths. */
export function growthsOf(session: Session, source: SessionSource, query: CallTreeQuery, weight: Weight): Gathered | null {
  const group = groupOf(session.axis, source.id);
  const counted = group && session.countable(group)[0];
  const from = counted && session.source(counted.source);
  if (!from) return null;
  return counted.by === 'trace' ? ofTrace(session, from, query, weight) : ofProbes(session, from, query, weight);
}

function ofTrace(session: Session, source: SessionSource, {range, filter}: CallTreeQuery, weightName: Weight): Gathered {
  const {stackChanges: changes} = source.trace;
  const causes = session.causes(source);
  const pass = session.filtered(source, filter).stackChanges;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const sources = [source, ...session.sources.filter(({id}) => id !== source.id)];
  const indexOf = new Map(sources.map(({id}, i) => [id, i]));
  const row = Int32Array.from(rowsOf(changes.length, (i) => {
    const timeNs = changes.timeNs[i] + shiftNs;
    return changes.kind[i] === StackChangeKind.Growth && !(pass && pass[i] === 0) && (!range || (timeNs >= range.fromNs && timeNs <= range.toNs));
  }));
  return finished(row, {
    table: 'stackChanges', source, row, stackSources: sources,
    timeNs: Float64Array.from(row, (i) => changes.timeNs[i] + shiftNs),
    durationNs: Float64Array.from(row, (i) => changes.durationNs[i]),
    weight: Float64Array.from(row, (i) => weightOf(weightName, changes.oldBytes[i], changes.newBytes[i], changes.durationNs[i])),
    stack: Int32Array.from(row, (i) => causes.stack[i]),
    stackSource: Uint8Array.from(row, (i) => indexOf.get(causes.source[i]) ?? 0),
    neighbour: Uint8Array.from(row, (i) => (causes.from[i] === StackFrom.Event ? 1 : 0)),
  });
}

/** The chain of a probe is the chain of the growth itself. A probe does not tell how long copying took. */
function ofProbes(session: Session, source: SessionSource, {range, filter}: CallTreeQuery, weightName: Weight): Gathered | null {
  if (weightName === 'copyNs') return null;
  const probed = session.probedChanges(source);
  const {samples} = source.trace;
  const pass = session.filtered(source, filter).samples;
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const rows = rowsOf(probed.length, (i) => {
    const sample = probed.sample[i];
    const timeNs = samples.timeNs[sample] + shiftNs;
    return probed.kind[i] === StackChangeKind.Growth && !(pass && pass[sample] === 0) && (!range || (timeNs >= range.fromNs && timeNs <= range.toNs));
  });
  const row = Int32Array.from(rows, (i) => probed.sample[i]);
  return finished(row, {
    table: 'samples', source, row, stackSources: [source], stackSource: null, neighbour: null,
    timeNs: Float64Array.from(row, (sample) => samples.timeNs[sample] + shiftNs),
    durationNs: null,
    weight: Float64Array.from(rows, (i) => weightOf(weightName, probed.oldBytes[i], probed.newBytes[i], Number.NaN)),
    stack: Int32Array.from(row, (sample) => (samples.stack[sample] < 0 && source.callers ? source.callers.chainOf[sample] : samples.stack[sample])),
  });
}

function rowsOf(length: number, isOne: (row: number) => boolean): number[] {
  const rows: number[] = [];
  for (let i = 0; i < length; i++) if (isOne(i)) rows.push(i);
  return rows;
}

/** A stack at least doubles: where the old size is not known, half the new one is an upper bound of it. */
function weightOf(weight: Weight, oldBytes: number, newBytes: number, durationNs: number): number {
  if (weight === 'growths') return 1;
  if (weight === 'copyNs') return Number.isNaN(durationNs) ? 0 : durationNs;
  return Number.isNaN(oldBytes) ? newBytes / 2 : oldBytes;
}

function finished(row: Int32Array, rest: Omit<Gathered, 'length' | 'count' | 'sums'>): Gathered {
  const weight = rest.weight.reduce((sum, value) => sum + value, 0);
  return {...rest, length: row.length, count: null, sums: {samples: row.length, weight, growthSamples: row.length, growthWeight: weight}};
}
