/**
 * A Go scheduler in small, which writes what Go's would: random runs of threads, procs and goroutines as events of the wire, and the
 * judgement whether an order of such events is one that it could have gone through. It shares no code with the emulation it tests.
 */
import fc from 'fast-check';

/** One event: the thread that writes it, and its line of the wire without the time. */
export interface Step {
  readonly m: number;
  readonly name: string;
  readonly args: string;
}

const THREADS = [1, 2, 3];
const PROCS = [0, 1];

/** What is written before the first step: proc 0 and goroutine 1 run on thread 1, proc 1 is idle. */
export const beginning: readonly Step[] = [
  {m: 1, name: 'ProcStatus', args: 'p=0 pstatus=Running'},
  {m: 1, name: 'ProcStatus', args: 'p=1 pstatus=Idle'},
  {m: 1, name: 'GoStatus', args: 'g=1 m=1 gstatus=Running'},
];

/** Runs of up to `maxLength` steps, `beginning` left out. */
export function schedules(maxLength: number): fc.Arbitrary<Step[]> {
  return fc.array(fc.nat(), {maxLength}).map((choices) => {
    const machine = new Machine();
    return choices.map((choice) => {
      const possible = machine.steps();
      const step = possible[choice % possible.length];
      step.act();
      return {m: step.m, name: step.name, args: step.args};
    });
  });
}

/** The first step that could not have happened where it stands, as a sentence; null when all could. */
export function impossibleStep(steps: readonly Step[]): string | null {
  const machine = new Machine();
  for (const [i, {m, name, args}] of steps.entries()) {
    const step = machine.steps().find((each) => each.m === m && each.name === name && each.args === args);
    if (!step) return `step ${i}: ${name} ${args} on thread ${m}`;
    step.act();
  }
  return null;
}

interface Possible extends Step {
  act(): void;
}

class Machine {
  readonly #threads = THREADS.map((m) => ({m, p: m === 1 ? 0 : -1, g: m === 1 ? 1 : -1, made: 0}));
  readonly #procs = PROCS.map((p) => ({p, n: 0, at: p === 0 ? 'running' : 'idle'}));
  readonly #goroutines = new Map([[1, {g: 1, n: 0, at: 'running'}]]);
  #collecting = false;
  #collections = 0;

  /** All that can happen next. */
  steps(): Possible[] {
    const all: Possible[] = [];
    const waiting = [...this.#goroutines.values()].filter(({at}) => at === 'waiting');
    for (const thread of this.#threads) {
      const can = (name: string, args: string, act: () => void) => all.push({m: thread.m, name, args, act});
      const goroutine = this.#goroutines.get(thread.g);
      const proc = this.#procs[thread.p];
      for (const other of waiting) {
        can('GoUnblock', `g=${other.g} g_seq=${other.n + 1} stack=0`, () => Object.assign(other, {n: other.n + 1, at: 'runnable'}));
      }
      for (const victim of this.#threads) {
        const stolen = this.#procs[victim.p];
        if (stolen?.at !== 'syscall') continue;
        can('ProcSteal', `p=${victim.p} p_seq=${stolen.n + 1} m=${victim.m}`, () => {
          Object.assign(stolen, {n: stolen.n + 1, at: 'idle'});
          victim.p = -1;
        });
      }
      if (goroutine?.at === 'syscall') {
        if (proc) can('GoSyscallEnd', '', () => (goroutine.at = proc.at = 'running'));
        else {
          can('GoSyscallEndBlocked', '', () => {
            goroutine.at = 'runnable';
            thread.g = -1;
          });
        }
        continue;
      }
      if (!proc) {
        for (const idle of this.#procs.filter(({at}) => at === 'idle')) {
          can('ProcStart', `p=${idle.p} p_seq=${idle.n + 1}`, () => {
            Object.assign(idle, {n: idle.n + 1, at: 'running'});
            thread.p = idle.p;
          });
        }
      } else if (goroutine) this.#userSteps(thread, proc, goroutine, waiting, can);
      else {
        can('ProcStop', '', () => {
          proc.at = 'idle';
          thread.p = -1;
        });
        for (const next of [...this.#goroutines.values()].filter(({at}) => at === 'runnable')) {
          can('GoStart', `g=${next.g} g_seq=${next.n + 1}`, () => {
            Object.assign(next, {n: next.n + 1, at: 'running'});
            thread.g = next.g;
          });
        }
      }
    }
    return all;
  }

  /** What the goroutine that runs on a thread can do. */
  #userSteps(
    thread: {m: number; g: number; made: number},
    proc: {n: number; at: string},
    goroutine: {g: number; at: string},
    waiting: readonly {g: number; n: number; at: string}[],
    can: (name: string, args: string, act: () => void) => void,
  ): void {
    const leave = (at: string | null) => {
      if (at === null) this.#goroutines.delete(goroutine.g);
      else goroutine.at = at;
      thread.g = -1;
    };
    const made = thread.m * 1000 + thread.made;
    can('GoBlock', 'reason_string=0 stack=0', () => leave('waiting'));
    can('GoStop', 'reason_string=0 stack=0', () => leave('runnable'));
    can('GoDestroy', '', () => leave(null));
    for (const [name, at] of [['GoCreate', 'runnable'], ['GoCreateBlocked', 'waiting']]) {
      can(name, `new_g=${made} new_stack=0 stack=0`, () => {
        thread.made++;
        this.#goroutines.set(made, {g: made, n: 0, at});
      });
    }
    for (const next of waiting) {
      for (const [name, at] of [['GoSwitch', 'waiting'], ['GoSwitchDestroy', null]] as const) {
        can(name, `g=${next.g} g_seq=${next.n + 1}`, () => {
          leave(at);
          Object.assign(next, {n: next.n + 1, at: 'running'});
          thread.g = next.g;
        });
      }
    }
    can('GoSyscallBegin', `p_seq=${proc.n + 1} stack=0`, () => {
      Object.assign(proc, {n: proc.n + 1, at: 'syscall'});
      goroutine.at = 'syscall';
    });
    const collection = this.#collections + 1;
    can(this.#collecting ? 'GCEnd' : 'GCBegin', this.#collecting ? `gc_seq=${collection}` : `gc_seq=${collection} stack=0`, () => {
      this.#collecting = !this.#collecting;
      this.#collections = collection;
    });
  }
}
