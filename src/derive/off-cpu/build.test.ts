/** When threads sleep: by sched_switch with stacks, by switch records without, by what is seen of a thread later. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {SwitchKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {asRecorded} from '../call-tree/shape.ts';
import {noFilter} from '../filter/shape.ts';
import {offCpu} from './build.ts';
import {cpuStretches} from './shape.ts';

const read = async (...lines: readonly string[]): Promise<Trace> => (await opened(new TextEncoder().encode(lines.join('')))).trace!;
const leave = (time: string, tid: number, state: string, next: number, leaf = 'main.wait') =>
  `app ${tid} [000] ${time}: sched:sched_switch: prev_comm=app prev_pid=${tid} prev_prio=120 prev_state=${state} ==> next_comm=app next_pid=${next} next_prio=120\n\t          401000 ${leaf}+0x10 (/app)\n\t          401100 main.main+0x10 (/app)\n\n`;
const seen = (time: string, tid: number) => `app ${tid} [000] ${time}: 1003009 cpu-clock: \n\t          402000 main.run+0x10 (/app)\n\n`;

/** `tid from-to how`, in milliseconds since the first sample. */
function told(trace: Trace): string[] {
  const off = offCpu(trace);
  if (!off) return [];
  return Array.from(off.thread, (thread, i) => `${trace.threads.tid[thread]} ${Math.round(off.fromNs[i] / 1e6)}-${Math.round(off.toNs[i] / 1e6)} ${off.preempted[i] === 1 ? 'preempted' : 'asleep'}`);
}

test('a thread is off the CPU from the switch that leaves it to the one that names it as the next', async () => {
  expect(told(await read(leave('1.000', 7, 'S', 8), seen('1.001', 8), leave('1.005', 8, 'R+', 7), leave('1.009', 7, 'D', 8), seen('1.010', 8)))).toEqual(['7 0-5 asleep', '7 9-10 asleep', '8 5-9 preempted']);
});

test('where nothing says that a thread comes it runs again at the latest when it is seen, and one that leaves again was away for nobody knows how long', async () => {
  expect(told(await read(leave('1.000', 7, 'S', 99), seen('1.004', 7), leave('1.006', 7, 'R', 99), leave('1.009', 7, 'S', 99), seen('1.010', 7)))).toEqual(['7 0-4 asleep', '7 9-10 asleep']);
});

test('a record of the switch that a sample told already is no other one', async () => {
  const record = (time: string, what: string) => `app 7 [000] ${time}: PERF_RECORD_SWITCH ${what.padEnd(11)}\n`;
  const trace = await read(leave('1.000', 7, 'S', 99), record('1.000004', 'OUT'), record('1.003000', 'IN'), leave('1.005', 7, 'S', 99), record('1.005004', 'OUT'), seen('1.0050045', 7), record('1.009000', 'IN'), seen('1.010', 7));
  expect(told(trace)).toEqual(['7 0-3 asleep', '7 5-9 asleep']);
  expect([...offCpu(trace)!.sample].every((sample) => sample >= 0)).toBe(true);
});

test('a thread that ends does not sleep from then on', async () => {
  expect(told(await read(leave('1.000', 7, 'S', 8), leave('1.002', 8, 'X', 7), seen('1.008', 7)))).toEqual(['7 0-2 asleep']);
});

test('switch records tell how long, and a sample between does not end the sleep that an IN ends', () => {
  const build = new TraceBuilder('perf-data');
  const thread = build.thread(1, 7);
  const say = (timeNs: number, kind: SwitchKind) => {
    const at = build.switches.add();
    build.switches.rows.timeNs[at] = timeNs;
    build.switches.rows.thread[at] = thread;
    build.switches.rows.cpu[at] = 0;
    build.switches.rows.kind[at] = kind;
    build.saw(timeNs);
  };
  say(1e6, SwitchKind.Out);
  say(4e6, SwitchKind.In);
  say(5e6, SwitchKind.Preempted);
  say(6e6, SwitchKind.In);
  say(7e6, SwitchKind.Out);
  build.saw(9e6);
  expect(told(build.finish())).toEqual(['7 1-4 asleep', '7 5-6 preempted', '7 7-9 asleep']);
});

test('a recording without switches tells nothing', async () => {
  expect(offCpu(await read(seen('1.0', 7)))).toBeNull();
});

test('the tree of time asleep hangs under the stacks that went to sleep; being preempted is no sleep, and a range cuts', async () => {
  const trace = await read(leave('1.000', 7, 'S', 8), leave('1.005', 8, 'R', 7, 'main.spin'), leave('1.009', 7, 'S', 8, 'main.read'), leave('1.011', 8, 'S', 7, 'main.lock'), seen('1.014', 7));
  const weights = (range: {readonly fromNs: number; readonly toNs: number} | null) => {
    const {tree} = sessionOf([trace]).callTree({source: 1, event: 0, ...asRecorded, weight: 'offCpuNs', range, filter: noFilter})!;
    return Object.fromEntries(Array.from({length: tree.length}, (_, row) => [tree.name[row] < 0 ? 'all' : tree.names[tree.name[row]], Math.round(tree.total[row] / 1e6)]));
  };
  expect(weights(null)).toEqual({'all': 10, 'main.main': 10, 'main.wait': 5, 'main.read': 2, 'main.lock': 3});
  expect(weights({fromNs: 4e6, toNs: 10e6})).toEqual({'all': 2, 'main.main': 2, 'main.wait': 1, 'main.read': 1});
});

/** `is from-to`, in milliseconds, then the state it left with, and who had its CPU before and after; `~`: seen only, `!`: off in between, `…`: not ended. */
function stretchesOf(trace: Trace, tid: number): string[] {
  const stretches = cpuStretches(offCpu(trace)!, trace.threads.tid.indexOf(tid));
  const name = (who: {readonly tid: number; readonly comm: string | null} | null) => (who ? `${who.comm} ${who.tid}` : '?');
  return Array.from({length: stretches.length}, (_, i) => stretches.at(i)).map(({is, fromNs, toNs, isSeen, isBegun, isOpen, isBroken, state, previous, next}) => (
    `${isBegun ? '…' : ''}${is}${isSeen ? '~' : ''}${isBroken ? '!' : ''} ${Math.round(fromNs / 1e6)}-${Math.round(toNs / 1e6)}${isOpen ? '…' : ''} ${state ?? '?'} ${name(previous)} > ${name(next)}`
  ));
}

test('of each stretch it is told who had the CPU before and after, and with which state the thread left', async () => {
  const trace = await read(leave('1.000', 7, 'S', 8), leave('1.005', 8, 'R+', 7), leave('1.009', 7, 'D', 0), seen('1.012', 7), leave('1.013', 7, 'S', 8), seen('1.014', 8));
  expect(stretchesOf(trace, 7)).toEqual([
    '…on 0-0 S ? > app 8', 'asleep 0-5 S app 8 > app 8', 'on 5-9 D app 8 > app 0', 'asleep~ 9-12 D ? > app 0', 'on~ 12-13 S ? > app 8', 'asleep 13-14… S ? > app 8', 'on 14-14… ? ? > ?',
  ]);
  expect(stretchesOf(trace, 8)).toEqual(['…on 0-5 R+ ? > app 7', 'preempted 5-13 R+ app 7 > app 7', 'on 13-14… ? app 7 > ?']);
});

test('a thread that leaves twice was away in between, for nobody knows how long', async () => {
  expect(stretchesOf(await read(leave('1.000', 7, 'S', 99), seen('1.004', 7), leave('1.006', 7, 'R', 99), leave('1.009', 7, 'S', 99), seen('1.010', 7), leave('1.012', 7, 'S', 99), leave('1.013', 7, 'S', 99)), 7)).toEqual([
    '…on 0-0 S ? > app 99', 'asleep~ 0-4 S ? > app 99', 'on~! 4-9 S ? > app 99', 'asleep~ 9-10 S ? > app 99', 'on~! 10-13 S ? > app 99',
  ]);
});

test('a thread that ends, or leaves with the end of the recording, is not on the CPU still', async () => {
  expect(stretchesOf(await read(leave('1.000', 7, 'S', 8), leave('1.002', 8, 'X', 7), seen('1.008', 7)), 8)).toEqual(['…on 0-2 X ? > app 7']);
  expect(stretchesOf(await read(leave('1.000', 7, 'S', 8), leave('1.002', 8, 'S', 7), leave('1.004', 7, 'D', 8)), 7).at(-1)).toBe('on 2-4 D app 8 > app 8');
});

test('states that were recorded as bits are told in the kernel’s letters', async () => {
  const bits = (time: string, state: string) => `app 7 [000] ${time}: sched:sched_switch: prev_comm=app prev_pid=7 prev_prio=120 prev_state=${state} next_comm=app next_pid=8 next_prio=120\n\n`;
  const trace = await read(bits('1.000', '1'), seen('1.001', 7), bits('1.002', '2'), seen('1.003', 7), bits('1.004', '256'), seen('1.005', 7), bits('1.006', '0'), seen('1.007', 7));
  const off = offCpu(trace)!;
  expect(Array.from(off.state, (row) => off.states[row])).toEqual(['S', 'D', 'R+', 'R']);
  expect([...off.preempted]).toEqual([0, 0, 1, 1]);
});
