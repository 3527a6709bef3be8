/**
 * Makes a Go service that never ran: its execution trace with stack sizes, and `perf script` text of the same time on the same clock.
 * Eight threads take goroutines from one queue; a turn on a thread is made whole, so that turns only meet where one wakes another.
 * The same seed gives the same bytes. What was made is counted, so that what is read can be compared.
 */
import {Ev, GoTraceFile, NO_THREAD, TICK_NS} from './go-wire.mjs';
import {PerfSamples} from './go-service-samples.mjs';
import {growthChain, kinds} from './go-service-kinds.mjs';
import {below, randomNumbers} from './random.mjs';

const THREADS = 8;
const FIRST_TID = 7301;
const START_TICK = 4_794_564_109_000 * 1000 / TICK_NS;
const WALL_NS = 1_795_436_333_739_051_000;
const SECOND = 1e9 / TICK_NS;
const MIN_STACK = 2048;
/** A turn lasts about this long, and is about so many events. */
const TURN_TICKS = 900;
const EVENTS_OF_TURN = 4.6;

/**
 * Writes `tracePath`, and `perfPath` where it is given. At least `events` events, `goroutines` goroutines, about `samples` samples.
 * Gives the bytes of both, and how many events, goroutines, growths, shrinks, states of goroutines, samples (of the
 * service, of growth, of another process) there are.
 */
export function writeGoService({tracePath, perfPath = null, events, goroutines, samples = 0, seed = 1}) {
  const service = new Service({file: new GoTraceFile(tracePath), perf: perfPath === null ? null : new PerfSamples(perfPath, samples, (events / EVENTS_OF_TURN) * TURN_TICKS, seed), events, goroutines, seed});
  service.run();
  const {counts, perf, file} = service;
  return {...counts, events: file.events, traceBytes: file.close(), ...(perf ? {...perf.counts, perfBytes: perf.close()} : {})};
}

class Service {
  constructor({file, perf, events, goroutines, seed}) {
    this.file = file;
    this.perf = perf;
    this.targetEvents = events;
    this.targetGoroutines = goroutines;
    this.random = randomNumbers(seed);
    this.threads = Array.from({length: THREADS}, (_, i) => ({m: FIRST_TID + i, p: i, n: 0, tick: START_TICK + 10 + i, isIdle: false}));
    this.goroutines = new Map();
    this.ready = [];
    this.waiting = [];
    this.nextStack = 1 << 12;
    this.nextTask = 1;
    this.gcNumber = 0;
    this.heapBytes = 40e6;
    this.counts = {goroutines: 0, growths: 0, shrinks: 0, states: 0};
    this.turnsExpected = events / EVENTS_OF_TURN;
    this.gcEveryTicks = Math.min(0.3 * SECOND, (this.turnsExpected * TURN_TICKS) / THREADS / 8);
    this.nextGcTick = START_TICK + this.gcEveryTicks;
  }

  run() {
    this.#first();
    for (let second = 1; this.file.events < this.targetEvents || this.counts.goroutines < this.targetGoroutines; second++) {
      this.#generation(second);
      const untilTick = START_TICK + second * SECOND;
      while (this.file.events < this.targetEvents || this.counts.goroutines < this.targetGoroutines) {
        let thread = this.threads[0];
        for (const other of this.threads) if (other.tick < thread.tick) thread = other;
        if (thread.tick >= untilTick) break;
        this.#turn(thread);
      }
      const tick = Math.max(untilTick, ...this.threads.map((each) => each.tick)) + 10;
      for (const thread of this.threads) thread.tick = tick + thread.p;
      this.perf?.flush(Math.min(1, this.file.events / this.targetEvents));
      this.file.end();
    }
  }

  /** main and the workers of the garbage collector, which were there before. */
  #first() {
    for (let i = 0; i <= 3; i++) {
      const goroutine = {id: i + 1, kind: i === 0 ? kinds.main : kinds.collector, n: 0, turns: 0, life: Infinity, size: 8192, stack: this.#newStack(8192), sinceTick: 0, steps: []};
      this.goroutines.set(goroutine.id, goroutine);
      this.waiting.push(goroutine);
      this.counts.goroutines++;
    }
  }

  #generation(second) {
    const tick = this.threads[0].tick - 5;
    this.file.begin(tick, WALL_NS + second * 1e9);
    for (const thread of this.threads) {
      thread.n = 0;
      this.file.event(thread.m, thread.tick - 4, Ev.ProcStatus, thread.p, thread.isIdle ? 2 : 1);
    }
    const isReady = new Set(this.ready);
    for (const goroutine of this.goroutines.values()) {
      goroutine.n = 0;
      this.file.event(NO_THREAD, tick, Ev.GoStatus, goroutine.id, NO_THREAD, isReady.has(goroutine) ? 1 : 4);
      if (second === 1) {
        this.counts.states++;
        this.file.event(this.threads[0].m, this.threads[0].tick - 3, Ev.GoroutineStack, goroutine.stack, orderOf(goroutine.size));
      }
    }
  }

  /** One goroutine on one thread, from its start until it stops. */
  #turn(thread) {
    const {file, random} = this;
    const goroutine = this.#next(thread);
    const {kind} = goroutine;
    const startTick = thread.tick;
    const event = (type, ...args) => file.event(thread.m, thread.tick, type, ...args);
    const pass = (ticks) => (thread.tick += 1 + Math.floor(ticks * (0.5 + random())));
    event(Ev.GoStart, goroutine.id, ++goroutine.n);
    this.counts.states++;
    pass(20);
    if (kind === kinds.collector) this.#collect(thread, goroutine, event, pass);
    const copies = [];
    for (const size of kind.grows(goroutine, random)) copies.push(this.#grow(thread, goroutine, size, event, pass));
    const task = kind.task && random() < 0.2 ? this.nextTask++ : 0;
    if (task > 0) {
      event(Ev.UserTaskBegin, task, 0, file.string(kind.task), file.stack(kind.stack));
      event(Ev.UserRegionBegin, task, file.string('decode'), file.stack(kind.stack));
    }
    pass(TURN_TICKS / 3);
    if (random() < kind.syscalls) {
      event(Ev.GoSyscallBegin, ++thread.n, file.stack(['syscall.write', 'internal/poll.(*FD).Write', ...kind.stack]));
      pass(60);
      event(Ev.GoSyscallEnd);
      this.counts.states += 2;
    }
    if (task > 0) {
      event(Ev.UserRegionEnd, task, file.string('decode'), file.stack(kind.stack));
      if (random() < 0.1) event(Ev.UserLog, task, file.string('status'), file.string('200'), file.stack(kind.stack));
      event(Ev.UserTaskEnd, task, file.stack(kind.stack));
    }
    pass(TURN_TICKS / 3);
    this.#create(thread, goroutine, event, pass);
    this.#wake(thread, goroutine, event, pass);
    if (random() < 0.1) {
      this.heapBytes = 40e6 + ((thread.tick * 3) % 60e6);
      event(Ev.HeapAlloc, Math.floor(this.heapBytes));
    }
    pass(TURN_TICKS / 6);
    this.#stop(thread, goroutine, event, pass);
    this.perf?.turn(thread, goroutine, startTick, thread.tick, copies);
    pass(8);
  }

  /** The goroutine that is ready first; where none is, the network wakes one that waits. The thread has slept till then. */
  #next(thread) {
    let goroutine = this.ready[0];
    if (goroutine === undefined) {
      goroutine = this.#anyWaiting(Infinity);
      thread.tick = Math.max(thread.tick, goroutine.sinceTick + 1);
      this.file.event(thread.m, thread.tick, Ev.GoUnblock, goroutine.id, ++goroutine.n, 0);
      this.counts.states++;
      goroutine.sinceTick = thread.tick;
    } else this.ready.shift();
    if (goroutine.sinceTick >= thread.tick) {
      const wakeTick = goroutine.sinceTick + 2;
      if (wakeTick - thread.tick > 60) {
        this.file.event(thread.m, thread.tick + 1, Ev.ProcStop);
        this.file.event(thread.m, wakeTick, Ev.ProcStart, thread.p, ++thread.n);
      }
      thread.tick = wakeTick + 1;
    }
    return goroutine;
  }

  #anyWaiting(beforeTick) {
    const {waiting, random} = this;
    for (let i = 0; i < 8; i++) {
      const at = below(random, waiting.length);
      const goroutine = waiting[at];
      if (goroutine === undefined || (goroutine.sinceTick >= beforeTick)) continue;
      waiting[at] = waiting.at(-1);
      waiting.pop();
      return goroutine;
    }
    return null;
  }

  #grow(thread, goroutine, size, event, pass) {
    const stack = this.#newStack(size);
    event(Ev.GoroutineStackAlloc, stack, orderOf(size));
    const fromTick = thread.tick;
    // Copying costs by the byte that is in use.
    pass(8 + goroutine.size / 20);
    event(Ev.GoroutineStackFree, goroutine.stack);
    goroutine.stack = stack;
    goroutine.size = size;
    this.counts.growths++;
    const copied = {fromTick, toTick: thread.tick, chain: growthChain(this.random)};
    pass(10);
    return copied;
  }

  /** A collection, and the stacks that it halves: of goroutines that wait. */
  #collect(thread, collector, event, pass) {
    if (thread.tick < this.nextGcTick) return;
    const {file} = this;
    this.nextGcTick = thread.tick + this.gcEveryTicks;
    const stack = () => file.stack(collector.kind.stack);
    event(Ev.STWBegin, file.string('GC sweep termination'), stack());
    pass(300);
    event(Ev.STWEnd);
    event(Ev.GCBegin, ++this.gcNumber, stack());
    for (const goroutine of this.waiting) {
      if (!goroutine.kind.shrinks || goroutine.size < 16 * MIN_STACK || goroutine.sinceTick >= thread.tick) continue;
      const half = this.#newStack(goroutine.size / 2);
      event(Ev.GoroutineStackAlloc, half, orderOf(goroutine.size / 2));
      pass(20);
      event(Ev.GoroutineStackFree, goroutine.stack);
      goroutine.stack = half;
      goroutine.size /= 2;
      goroutine.sinceTick = thread.tick;
      this.counts.shrinks++;
      pass(10);
    }
    pass(this.gcEveryTicks / 15);
    event(Ev.GCEnd, ++this.gcNumber);
    event(Ev.STWBegin, file.string('GC mark termination'), stack());
    pass(200);
    event(Ev.STWEnd);
    event(Ev.HeapGoal, 104e6 + (this.gcNumber % 7) * 4e6);
  }

  /** New goroutines as they are due: as many of all as there are events of all. */
  #create(thread, creator, event, pass) {
    const due = Math.min(this.targetGoroutines, 4 + (this.targetGoroutines * this.file.events) / (this.targetEvents * 0.97));
    for (let i = 0; i < 6 && this.counts.goroutines < due; i++) {
      const id = ++this.counts.goroutines;
      const kind = kinds.pick(this.random);
      const stack = this.#newStack(MIN_STACK);
      const life = kind.life * (this.turnsExpected / this.targetGoroutines) * (0.5 + this.random());
      const goroutine = {id, kind, n: 0, turns: 0, life: Math.max(2, life), size: MIN_STACK, stack, sinceTick: thread.tick, steps: kind.ladder()};
      event(Ev.GoroutineStackAlloc, stack, orderOf(MIN_STACK));
      pass(4);
      event(Ev.GoCreate, id, this.file.stack([kind.start]), this.file.stack(creator.kind.stack));
      goroutine.sinceTick = thread.tick;
      this.goroutines.set(id, goroutine);
      this.ready.push(goroutine);
      this.counts.states++;
      pass(10);
    }
  }

  #wake(thread, waker, event, pass) {
    const wanted = this.ready.length < 2 * THREADS ? 2 : this.ready.length < 6 * THREADS ? 1 : 0;
    for (let i = 0; i < wanted; i++) {
      const goroutine = this.#anyWaiting(thread.tick);
      if (!goroutine) return;
      event(Ev.GoUnblock, goroutine.id, ++goroutine.n, this.file.stack(['runtime.chansend1', ...waker.kind.stack]));
      goroutine.sinceTick = thread.tick;
      this.ready.push(goroutine);
      this.counts.states++;
      pass(6);
    }
  }

  #stop(thread, goroutine, event, pass) {
    goroutine.turns++;
    goroutine.sinceTick = thread.tick;
    if (goroutine.turns >= goroutine.life) {
      event(Ev.GoDestroy);
      pass(4);
      event(Ev.GoroutineStackFree, goroutine.stack);
      this.goroutines.delete(goroutine.id);
    } else if (this.random() < 0.12) {
      event(Ev.GoStop, this.file.string('preempted'), this.file.stack(['runtime.asyncPreempt', ...goroutine.kind.stack]));
      this.ready.push(goroutine);
      this.counts.states++;
    } else {
      const [reason, leaf] = goroutine.kind.waits[below(this.random, goroutine.kind.waits.length)];
      event(Ev.GoBlock, this.file.string(reason), this.file.stack([leaf, ...goroutine.kind.stack]));
      this.waiting.push(goroutine);
      this.counts.states++;
    }
  }

  #newStack(size) {
    const stack = this.nextStack;
    this.nextStack += size / MIN_STACK;
    return stack;
  }
}

function orderOf(size) {
  return Math.log2(size) + 1;
}
