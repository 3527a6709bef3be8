/** Time that threads slept, by the stack that went to sleep: that of the sched_switch sample. Switch records have no stacks; then it is known how long, and not where. */
import {groupOf} from '../axis/shape.ts';
import type {Session, SessionSource} from '../derivation.ts';
import type {Gathered} from './gathered.ts';
import type {CallTreeQuery} from './shape.ts';

/** Of the source itself, else of the first on its axis that tells; null: none does. Cost: linear in the stretches. */
export function offCpuOf(session: Session, source: SessionSource, {range, filter}: CallTreeQuery): Gathered | null {
  const group = groupOf(session.axis, source.id);
  const of = session.offCpu(source) ? source : session.sources.find((other) => group?.members.includes(other.id) && session.offCpu(other));
  const off = of && session.offCpu(of);
  if (!of || !off) return null;
  const {samples} = of.trace;
  const table = off.sample.some((sample) => sample >= 0) ? 'samples' : 'switches';
  const tableRow = table === 'samples' ? off.sample : off.switchRow;
  const pass = table === 'samples' ? session.filtered(of, filter).samples : null;
  const threads = table === 'switches' ? session.filtered(of, filter).threads : null;
  const shiftNs = session.axis.shiftsNs.get(of.id) ?? 0;
  const [from, to] = range ? [range.fromNs - shiftNs, range.toNs - shiftNs] : [-Infinity, Infinity];
  const rows: number[] = [];
  for (let i = 0; i < off.length; i++) {
    if (off.preempted[i] === 1 || tableRow[i] < 0 || off.toNs[i] <= from || off.fromNs[i] >= to) continue;
    if (pass?.[tableRow[i]] === 0 || threads?.[off.thread[i]] === 0) continue;
    rows.push(i);
  }
  const row = Int32Array.from(rows, (i) => tableRow[i]);
  const durationNs = Float64Array.from(rows, (i) => Math.min(to, off.toNs[i]) - Math.max(from, off.fromNs[i]));
  const weight = durationNs.reduce((sum, ns) => sum + ns, 0);
  return {
    length: row.length, table, source: of, row, durationNs, weight: durationNs, count: null, stackSources: [of], stackSource: null, neighbour: null,
    timeNs: Float64Array.from(rows, (i) => Math.max(from, off.fromNs[i]) + shiftNs),
    stack: table === 'samples' ? row.map((sample) => samples.stack[sample]) : new Int32Array(row.length).fill(-1),
    sums: {samples: row.length, weight, growthSamples: 0, growthWeight: 0},
  };
}
