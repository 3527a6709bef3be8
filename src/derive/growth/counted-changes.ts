/** Growths and shrinks of one source as all who count them see them, whether a trace recorded them or probes caught them. */
import {StackChangeKind} from '../../model/tables.ts';
import type {AxisGroup} from '../axis/shape.ts';
import {isGoTrace, type Session, type SessionSource} from '../derivation.ts';
import {nearestEvent} from './event-stacks.ts';
import {growingFunction, ownFunction} from './growing-function.ts';
import {CauseFrom, StackFrom, type Countable, type CountedChanges, type GrowingFunction} from './shape.ts';

/** The sources of an axis that growths can be counted from: traces with stack sizes first, then those whose probes caught something. */
export function countable(session: Session, group: AxisGroup): Countable[] {
  const members = group.members.map((id) => session.openSource(id));
  const traces = members.filter((source) => isGoTrace(source) && source.trace.hasStackSizes);
  const withProbes = members.filter((source) => session.probedChanges(source).length + session.probedChanges(source).untold.length > 0);
  return [...traces.map(({id}) => ({source: id, by: 'trace' as const})), ...withProbes.map(({id}) => ({source: id, by: 'probes' as const}))];
}

/** The changes of a source. Cost: linear in its changes and in the chains of those that have one. */
export function countedChanges(session: Session, {source: id, by}: Countable): CountedChanges {
  const source = session.openSource(id);
  return by === 'trace' ? ofTrace(session, source) : ofProbes(session, source);
}

/** Columns of `length` changes, to be filled. */
function columns(length: number) {
  const float = () => new Float64Array(length).fill(Number.NaN);
  return {
    length,
    timeNs: float(), durationNs: float(), oldBytes: float(), newBytes: float(), usedBytes: float(), goroutineId: float(),
    kind: new Uint8Array(length),
    goroutine: new Int32Array(length).fill(-1),
    row: new Int32Array(length),
    stackFrom: new Uint8Array(length),
    causeFrom: new Uint8Array(length),
    cause: new Int32Array(length).fill(-1),
  };
}

/** Names of functions, each once. */
class FunctionNames {
  readonly names: string[] = [];
  readonly #rows = new Map<string, number>();

  row(name: string | null): number {
    if (name === null) return -1;
    let row = this.#rows.get(name);
    if (row === undefined) this.#rows.set(name, (row = this.names.push(name) - 1));
    return row;
  }
}

function ofTrace(session: Session, source: SessionSource): CountedChanges {
  const {trace} = source;
  const {stackChanges: changes, goroutines} = trace;
  const rows: number[] = [];
  for (let i = 0; i < changes.length; i++) if (changes.kind[i] === StackChangeKind.Growth || changes.kind[i] === StackChangeKind.Shrink) rows.push(i);
  const result = columns(rows.length);
  const functions = new FunctionNames();
  const causes = session.causes(source);
  const toldBy = chainTellers(session);
  const neighbourOf = neighbours(source);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  for (const [to, i] of rows.entries()) {
    const goroutine = changes.goroutine[i];
    result.row[to] = i;
    result.timeNs[to] = changes.timeNs[i] + shiftNs;
    result.durationNs[to] = changes.durationNs[i];
    result.oldBytes[to] = changes.oldBytes[i];
    result.newBytes[to] = changes.newBytes[i];
    result.kind[to] = changes.kind[i];
    result.goroutine[to] = goroutine;
    if (goroutine >= 0) result.goroutineId[to] = goroutines.id[goroutine];
    result.stackFrom[to] = causes.from[i];
    const told = changes.kind[i] === StackChangeKind.Shrink ? SHRINK : causes.from[i] === StackFrom.Sample ? toldBy(causes.source[i], causes.stack[i]) : NOTHING;
    const known = told.from === CauseFrom.None ? neighbourOf(causes.eventStack[i]) : told;
    result.causeFrom[to] = known.from;
    result.cause[to] = functions.row(known.name);
  }
  return {...result, by: 'trace', source: source.id, goroutinesOf: source.id, functions: functions.names, untold: 0};
}

const NOTHING: GrowingFunction = {name: null, from: CauseFrom.None};
const SHRINK: GrowingFunction = {name: null, from: CauseFrom.Shrink};

/** What the chains of any source tell, each looked at once. */
function chainTellers(session: Session): (source: number, stack: number) => GrowingFunction {
  const known = new Map<number, Map<number, GrowingFunction>>();
  return (id, stack) => {
    const source = session.source(id);
    if (!source || stack < 0) return NOTHING;
    let ofSource = known.get(id);
    if (!ofSource) known.set(id, (ofSource = new Map<number, GrowingFunction>()));
    let told = ofSource.get(stack);
    if (!told) ofSource.set(stack, (told = growingFunction(source.trace, session.chains(source), session.labels(source), stack)));
    return told;
  };
}

/** Where a goroutine was by the stack of an event. */
function neighbours({trace}: SessionSource): (stack: number) => GrowingFunction {
  const known = new Map<number, GrowingFunction>();
  return (stack) => {
    let near = known.get(stack);
    if (!near) {
      const name = stack < 0 ? null : ownFunction(trace, stack);
      known.set(stack, (near = name === null ? NOTHING : {name, from: CauseFrom.Event}));
    }
    return near;
  };
}

/** The trace that goroutines are of: the one that the source's samples are attributed to, else the first on its axis. */
function traceOf(session: Session, source: SessionSource): SessionSource | null {
  const attributed = session.source(session.attribution(source).to);
  return attributed && attributed.trace.goroutines.length > 0 ? attributed : null;
}

/** What probes caught. The chain of a probe is the chain of the step itself. */
function ofProbes(session: Session, source: SessionSource): CountedChanges {
  const changes = session.probedChanges(source);
  const {samples} = source.trace;
  const result = columns(changes.length);
  const functions = new FunctionNames();
  const goTrace = traceOf(session, source);
  const attributed = session.attribution(source);
  const rowOfId = new Map<number, number>();
  if (goTrace) for (let g = 0; g < goTrace.trace.goroutines.length; g++) rowOfId.set(goTrace.trace.goroutines.id[g], g);
  const shiftNs = session.axis.shiftsNs.get(source.id) ?? 0;
  const toTraceNs = shiftNs - (goTrace ? (session.axis.shiftsNs.get(goTrace.id) ?? 0) : 0);
  const toldBy = chainTellers(session);
  const neighbourOf = goTrace && neighbours(goTrace);
  const {callers} = source;
  for (let i = 0; i < changes.length; i++) {
    const sample = changes.sample[i];
    const stack = samples.stack[sample];
    const goroutine = ownerOfProbe(changes.kind[i], changes.goroutineId[i], goTrace ? attributed.goroutine[sample] : -1, rowOfId);
    result.timeNs[i] = samples.timeNs[sample] + shiftNs;
    result.oldBytes[i] = changes.oldBytes[i];
    result.newBytes[i] = changes.newBytes[i];
    result.usedBytes[i] = changes.usedBytes[i];
    result.kind[i] = changes.kind[i];
    result.goroutine[i] = goroutine;
    result.goroutineId[i] = goroutine >= 0 && goTrace ? goTrace.trace.goroutines.id[goroutine] : changes.goroutineId[i];
    result.row[i] = sample;
    let told = changes.kind[i] === StackChangeKind.Shrink ? SHRINK : toldBy(source.id, stack);
    const restored = told.from === CauseFrom.None || told.from === CauseFrom.Caller ? (callers?.growingFunction(sample) ?? null) : null;
    if (restored !== null) told = {name: restored, from: CauseFrom.Sample};
    let near = -1;
    if (goTrace && neighbourOf && goroutine >= 0) {
      const atNs = samples.timeNs[sample] + toTraceNs;
      near = nearestEvent(session.eventStacks(goTrace), goroutine, atNs, atNs).stack;
      if (told.from === CauseFrom.None) told = neighbourOf(near);
    }
    result.stackFrom[i] = stack >= 0 ? StackFrom.Sample : near >= 0 ? StackFrom.Event : StackFrom.None;
    result.causeFrom[i] = told.from;
    result.cause[i] = functions.row(told.name);
  }
  return {...result, by: 'probes', source: source.id, goroutinesOf: goTrace?.id ?? -1, functions: functions.names, untold: changes.untold.length};
}

/** The goid says whose stack it is. Without it a growth is of the goroutine that runs there; a shrink is mostly done to another. */
function ownerOfProbe(kind: number, goid: number, running: number, rowOfId: ReadonlyMap<number, number>): number {
  if (!Number.isNaN(goid)) return rowOfId.get(goid) ?? -1;
  return kind === StackChangeKind.Growth ? running : -1;
}
