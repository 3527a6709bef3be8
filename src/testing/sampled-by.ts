/** Samples of several processes for tests, of one event, without stacks. */
import {TraceBuilder} from '../model/builder.ts';
import type {Trace} from '../model/trace.ts';

/** A row a sample: `[µs, pid, tid, comm, period]`; pid -1: not recorded. On CLOCK_MONOTONIC. */
export function sampledBy(drawn: readonly (readonly [us: number, pid: number, tid: number, comm?: string, period?: number])[]): Trace {
  const build = new TraceBuilder('drawn');
  build.clock = {known: 'stated', name: 'monotonic'};
  for (const [us, pid, tid, comm = 'app', period = Number.NaN] of drawn) {
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = us * 1000;
    rows.period[row] = period;
    rows.thread[row] = build.thread(pid, tid, build.string(comm));
    rows.comm[row] = build.string(comm);
    rows.cpu[row] = rows.stack[row] = -1;
    rows.event[row] = build.event(build.string('cpu-clock'));
    build.saw(us * 1000);
  }
  return build.finish();
}
