/**
 * Whose each sample is, as far as probes and registers tell, and how much of the stack was in use then:
 *
 *   copystack gp=A lo hi goid=7    …    sample R14=A SP    …    copystack gp=A lo hi goid=7
 *                                       goroutine 7; hi - SP bytes in use, when SP lies in the stack that the next probe names
 *
 * A stack is known from the probe before the sample too, unless that one was about to copy it. What runs on a thread is also told by the last
 * call of execute there, while the thread runs a goroutine's own code: chains below mcall are the scheduler's.
 */
import type {StackChangeKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {goidsOf} from './probe-goids.ts';
import {usedBytes as usedOfProbe} from './probes.ts';
import {ProbeOn, type Probes} from './probe-shape.ts';
import type {ProbedChanges, ProbedGoroutines} from './shape.ts';

/** What is known at one sample: a probe's row and a register's row, -1 without. */
interface Sightings {
  readonly length: number;
  readonly sample: Int32Array;
  readonly probe: Int32Array;
  readonly register: Int32Array;
  readonly gp: Float64Array;
}

/** Cost: linear in the probes, the registers and the stacks; null: nothing names a goroutine or a stack. */
export function probedGoroutines(trace: Trace, probes: Probes): ProbedGoroutines | null {
  if (!probes.gp.some((gp) => !Number.isNaN(gp)) && !probes.goid.some((goid) => !Number.isNaN(goid))) return null;
  const seen = sightings(trace, probes);
  const usedBytes = new Float64Array(trace.samples.length).fill(Number.NaN);
  const isSure = inKnownStack(trace, probes, seen, usedBytes);
  const {ids, row, isGoid} = owners(probes, seen, isSure);
  const ofSample = new Int32Array(trace.samples.length).fill(-1);
  for (let i = 0; i < seen.length; i++) ofSample[seen.sample[i]] = row[i];
  if (probes.on.includes(ProbeOn.Execute)) byExecution(trace, probes, ofSample);
  return {ids, ofSample, usedBytes, ...(isGoid ? lives(trace, probes, ids.length, ofSample) : unknownLives(ids.length))};
}

/** Samples that a probe or a known g in the registers tells of, in file order. */
function sightings(trace: Trace, probes: Probes): Sightings {
  const {registers} = trace;
  const known = new Set(probes.gp);
  const found: {sample: number; probe: number; register: number; gp: number}[] = [];
  let [p, r] = [0, 0];
  while (p < probes.length || r < registers.length) {
    const sample = Math.min(p < probes.length ? probes.sample[p] : Infinity, r < registers.length ? registers.sample[r] : Infinity);
    const probe = p < probes.length && probes.sample[p] === sample ? p++ : -1;
    const register = r < registers.length && registers.sample[r] === sample ? r++ : -1;
    const ofProbe = probe < 0 ? Number.NaN : probes.gp[probe];
    const ofRegister = register < 0 ? Number.NaN : Number(registers.g[register]);
    // On g0 the register holds that of the thread: a probe's own argument says whose stack it is about.
    const gp = Number.isNaN(ofProbe) && known.has(ofRegister) ? ofRegister : ofProbe;
    if (probe >= 0 || !Number.isNaN(gp)) found.push({sample, probe, register, gp});
  }
  const column = (of: (row: (typeof found)[number]) => number) => Int32Array.from(found, of);
  return {length: found.length, sample: column((row) => row.sample), probe: column((row) => row.probe), register: column((row) => row.register), gp: Float64Array.from(found, (row) => row.gp)};
}

/** Writes the bytes in use; says by sighting which probe's stack the stack pointer lies in, -1 none. */
function inKnownStack(trace: Trace, probes: Probes, seen: Sightings, usedBytes: Float64Array): Int32Array {
  const stackOf = new Int32Array(seen.length).fill(-1);
  const near = new Map<number, number>();
  const look = (i: number, isBefore: boolean) => {
    const probe = seen.probe[i];
    const isNamed = probe >= 0 && probes.hi[probe] > probes.lo[probe] && !Number.isNaN(probes.gp[probe]);
    const register = seen.register[i];
    const own = register >= 0 && Number(trace.registers.g[register]) === seen.gp[i];
    const sp = own ? Number(trace.registers.stackPointer[register]) : Number.NaN;
    const at = isNamed && own && sp >= probes.lo[probe] && sp <= probes.hi[probe] ? probe : near.get(seen.gp[i]);
    if (at !== undefined && stackOf[i] < 0 && sp >= probes.lo[at] && sp <= probes.hi[at]) {
      stackOf[i] = at;
      usedBytes[seen.sample[i]] = probes.hi[at] - sp;
    }
    if (probe < 0) return;
    // The goroutine's own stack pointer, as the runtime keeps it.
    const saved = usedOfProbe(probes, probe);
    if (!Number.isNaN(saved) && Number.isNaN(usedBytes[seen.sample[i]])) usedBytes[seen.sample[i]] = saved;
    // What copystack is about to leave is not the stack of what comes after it.
    if (isBefore && probes.on[probe] === ProbeOn.Copystack) near.delete(probes.gp[probe]);
    else if (isNamed) near.set(probes.gp[probe], probe);
  };
  for (let i = seen.length - 1; i >= 0; i--) look(i, false);
  near.clear();
  for (let i = 0; i < seen.length; i++) look(i, true);
  return stackOf;
}

/** Goroutines by goid, or by g where no probe tells any goid; and the row of each sighting, -1 not known. */
function owners(probes: Probes, seen: Sightings, stackOf: Int32Array): {ids: Float64Array<ArrayBuffer>; row: Int32Array; isGoid: boolean} {
  const goid = Float64Array.from(seen.probe, (probe, i) => (probe >= 0 && !Number.isNaN(probes.goid[probe]) ? probes.goid[probe] : stackOf[i] >= 0 ? probes.goid[stackOf[i]] : Number.NaN));
  const on = Uint8Array.from(seen.probe, (probe) => (probe < 0 ? ProbeOn.None : probes.on[probe]));
  const isGoid = goid.some((value) => !Number.isNaN(value));
  const id = isGoid ? goidsOf(on, seen.gp, goid) : seen.gp;
  const rows = new Map<number, number>();
  const row = Int32Array.from(id, (value) => {
    if (Number.isNaN(value)) return -1;
    let at = rows.get(value);
    if (at === undefined) rows.set(value, (at = rows.size));
    return at;
  });
  return {ids: Float64Array.from(rows.keys()), row, isGoid};
}

function unknownLives(length: number): Pick<ProbedGoroutines, 'startNs' | 'endNs'> {
  return {startNs: new Float64Array(length).fill(Number.NaN), endNs: new Float64Array(length).fill(Number.NaN)};
}

/**
 * From when to when each goroutine was there, at most: its g was another's before, or is another's after; or a thread freed a stack of its
 * size after it ran there last, and not in the course of copying.
 */
function lives(trace: Trace, probes: Probes, length: number, ofSample: Int32Array): Pick<ProbedGoroutines, 'startNs' | 'endNs'> {
  const {startNs, endNs} = unknownLives(length);
  const sizeBytes = new Float64Array(length).fill(Number.NaN);
  const ownerOfG = new Map<number, number>();
  const onThread = new Map<number, {readonly goroutine: number; readonly copiedFrom: number}>();
  for (let i = 0; i < probes.length; i++) {
    const thread = trace.samples.thread[probes.sample[i]];
    const timeNs = trace.samples.timeNs[probes.sample[i]];
    const last = onThread.get(thread);
    if (probes.on[i] === ProbeOn.Stackfree && last) {
      if (last.copiedFrom === probes.lo[i]) onThread.set(thread, {...last, copiedFrom: Number.NaN});
      else if (sizeBytes[last.goroutine] === probes.hi[i] - probes.lo[i]) endNs[last.goroutine] = timeNs;
    }
    const goroutine = ofSample[probes.sample[i]];
    if (goroutine < 0) continue;
    const before = ownerOfG.get(probes.gp[i]);
    if (before !== undefined && before !== goroutine) {
      if (Number.isNaN(endNs[before])) endNs[before] = timeNs;
      if (Number.isNaN(startNs[goroutine])) startNs[goroutine] = timeNs;
    }
    ownerOfG.set(probes.gp[i], goroutine);
    // It is there: what was freed was another's.
    endNs[goroutine] = Number.NaN;
    const isCopy = probes.on[i] === ProbeOn.Copystack;
    if (isCopy) sizeBytes[goroutine] = probes.newBytes[i];
    // The collector looks at stacks of others.
    if (probes.on[i] !== ProbeOn.Shrinkstack) onThread.set(thread, {goroutine, copiedFrom: isCopy ? probes.lo[i] : Number.NaN});
  }
  return {startNs, endNs};
}

function byExecution(trace: Trace, probes: Probes, ofSample: Int32Array): void {
  const {samples} = trace;
  const onThread = new Map<number, number>();
  const threadOf = new Map<number, number>();
  const isOwnCode = goroutineCode(trace);
  let p = 0;
  for (let i = 0; i < samples.length; i++) {
    const thread = samples.thread[i];
    while (p < probes.length && probes.sample[p] < i) p++;
    if (p < probes.length && probes.sample[p] === i) {
      if (probes.on[p] !== ProbeOn.Execute || ofSample[i] < 0) continue;
      const before = threadOf.get(ofSample[i]);
      if (before !== undefined && onThread.get(before) === ofSample[i]) onThread.delete(before);
      onThread.set(thread, ofSample[i]);
      threadOf.set(ofSample[i], thread);
    } else if (ofSample[i] < 0 && samples.stack[i] >= 0 && isOwnCode[samples.stack[i]] === 1) ofSample[i] = onThread.get(thread) ?? -1;
  }
}

/** By stack: 1 where its root is one that only goroutines have. */
function goroutineCode(trace: Trace): Uint8Array {
  const {stacks, frames} = trace;
  const isRoot = Uint8Array.from(frames.name, (name) => Number(/^runtime\.(?:goexit|morestack)(?:\.abi0)?$/.test(text(trace, name) ?? '')));
  const result = new Uint8Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) result[i] = stacks.parent[i] < 0 ? isRoot[stacks.frame[i]] : result[stacks.parent[i]];
  return result;
}

/**
 * The trace with the goroutines that its probes tell of and the changes of their stacks, in place of none. Nothing is known of their
 * states. `sampleOfChange`: by stack change the sample of its probe.
 */
export function withGoroutines(trace: Trace, changes: ProbedChanges, {ids, ofSample, startNs, endNs}: ProbedGoroutines): {readonly trace: Trace; readonly sampleOfChange: Int32Array} {
  const {samples} = trace;
  const none = () => new Int32Array(ids.length).fill(-1);
  const order = Int32Array.from(Array.from(changes.sample.keys()).filter((i) => !Number.isNaN(samples.timeNs[changes.sample[i]])).sort((a, b) => samples.timeNs[changes.sample[a]] - samples.timeNs[changes.sample[b]]));
  const sampleOfChange = order.map((i) => changes.sample[i]);
  return {
    sampleOfChange,
    trace: {
      ...trace,
      hasStackSizes: order.length > 0,
      goroutines: {length: ids.length, id: ids, startFunction: startFunctions(trace, ids.length, ofSample), creator: none(), creatorStack: none(), startNs, endNs, firstState: new Int32Array(ids.length), stateCount: new Int32Array(ids.length)},
      sampleGoroutine: ofSample,
      stackChanges: {
        length: order.length,
        timeNs: Float64Array.from(sampleOfChange, (sample) => samples.timeNs[sample]),
        durationNs: new Float64Array(order.length).fill(Number.NaN),
        oldBytes: Float64Array.from(order, (i) => changes.oldBytes[i]),
        newBytes: Float64Array.from(order, (i) => changes.newBytes[i]),
        goroutine: sampleOfChange.map((sample) => ofSample[sample]),
        thread: sampleOfChange.map((sample) => samples.thread[sample]),
        kind: Uint8Array.from(order, (i) => changes.kind[i] as StackChangeKind),
      },
    },
  };
}

/** What the first whole chain of each goroutine begins with, below goexit: row of strings, -1 not known. What morestack stands for there is lost. */
function startFunctions(trace: Trace, length: number, ofSample: Int32Array): Int32Array<ArrayBuffer> {
  const {stacks, frames, samples} = trace;
  const isLost = Uint8Array.from(frames.name, (name) => Number(/^runtime\.(?:morestack|newstack|copystack)(?:\.abi0)?$/.test(text(trace, name) ?? '')));
  const isGoexit = Uint8Array.from(frames.name, (name) => Number(/^runtime\.goexit(?:\.abi0)?$/.test(text(trace, name) ?? '')));
  /** By stack: row of strings; -1 the chain has no such, -2 it is goexit alone. */
  const starts = new Int32Array(stacks.length);
  for (let i = 0; i < stacks.length; i++) {
    const parent = stacks.parent[i];
    starts[i] = parent < 0 ? (isGoexit[stacks.frame[i]] === 1 ? -2 : -1) : starts[parent] !== -2 ? starts[parent] : isLost[stacks.frame[i]] === 1 ? -1 : frames.name[stacks.frame[i]];
  }
  const result = new Int32Array(length).fill(-1);
  for (let i = 0; i < samples.length; i++) {
    const goroutine = ofSample[i];
    if (goroutine >= 0 && result[goroutine] < 0 && samples.stack[i] >= 0) result[goroutine] = Math.max(-1, starts[samples.stack[i]]);
  }
  return result;
}
