/**
 * A recording for journeys, as perf prints it: one program with two threads, recorded with probes on the runtime, registers, switches and a tracepoint.
 * Ten rounds of a millisecond each: the goroutine grows its stack, works, and its thread sleeps while the other one runs.
 */
import type {FileInMemory} from './app.ts';

const PROGRAM = '/srv/app/app';
/** Where in the program morestack was called from, and where its caller was: in main.grow and main.step of `appBinary`. */
const [CALLER, CALLER_OF_CALLER] = ['47b150', '47b650'];
const GOROUTINE = 'c000000100';
export const ROUNDS = 10;
/** Deeper than perf keeps. */
const MOST_FRAMES = 127;

const at = (us: number) => `5.${String(us).padStart(6, '0')}`;
const line = (tid: number, us: number, event: string, rest: string) => `${tid === 1200 ? 'app' : 'worker'} 1200/${tid} [00${tid - 1200}] ${at(us)}: ${event}: ${rest}\n`;
const chain = (...names: readonly string[]) => `${names.map((name, i) => `\t${(0x401000 + i * 0x100).toString(16).padStart(16)} ${name}+0x10 (${PROGRAM})\n`).join('')}\n`;
const clock = (tid: number, us: number, ...names: readonly string[]) => line(tid, us, '1000000 cpu-clock', `\n${chain(...names)}`);
const registers = (sp: number) => ` ABI:2    SP:0x${sp.toString(16)}    R14:0x${GOROUTINE}`;

function round(k: number): string {
  const us = k * 1000;
  const lo = 0xc000100000 + k * 0x100000;
  const bytes = 2048 * 2 ** (k % 5);
  return [
    line(1200, us + 10, 'probe_app:morestack', `(461ba0) g=0x${GOROUTINE} sp=0xc000038770 caller=0x${CALLER} caller2=0x${CALLER_OF_CALLER}\n`),
    clock(1200, us + 20, 'runtime.newstack', 'runtime.morestack.abi0'),
    line(1200, us + 30, 'probe_app:copystack', `(44b9e0) gp=0x${GOROUTINE} newsize=${bytes * 2} lo=0x${lo.toString(16)} hi=0x${(lo + bytes).toString(16)} gsp=0x${(lo + 256).toString(16)} goid=7${registers(lo + 256)}`),
    clock(1200, us + 40, 'runtime.memmove', 'runtime.copystack', 'runtime.newstack', 'runtime.morestack.abi0'),
    line(1200, us + 200, '1000000 cpu-clock', ` 401000 main.work+0x10 (${PROGRAM})${registers(lo + 0x100000 + bytes)}`),
    clock(1200, us + 300, 'main.work', 'main.step', 'runtime.goexit.abi0'),
    clock(1200, us + 350, ...Array.from({length: MOST_FRAMES}, () => 'main.deep')),
    line(1200, us + 400, 'task:task_newtask', `pid=${1300 + k} comm=app clone_flags=50f00 oom_score_adj=0\n`),
    line(1200, us + 500, 'sched:sched_switch', `prev_comm=app prev_pid=1200 prev_prio=120 prev_state=S ==> next_comm=worker next_pid=1201 next_prio=120\n${chain('runtime.futex.abi0', 'main.wait', 'runtime.goexit.abi0')}`),
    clock(1201, us + 700, 'main.serve', 'runtime.goexit.abi0'),
    line(1201, us + 900, 'sched:sched_switch', `prev_comm=worker prev_pid=1201 prev_prio=120 prev_state=R+ ==> next_comm=app next_pid=1200 next_prio=120\n${chain('main.serve', 'runtime.goexit.abi0')}`),
  ].join('');
}

export const scheduled: FileInMemory = {
  name: 'scheduled.txt', mimeType: 'text/plain',
  buffer: Buffer.from(`# ========\n# clockid: monotonic (1)\n# ========\n#\n${Array.from({length: ROUNDS}, (_, k) => round(k)).join('')}`),
};
