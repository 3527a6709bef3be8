/** Stacks as a profile of pprof: a function a name, a location a function (lines are not kept: a tree has none), an object a mapping. */
import {Function as PprofFunction, Line, Location, Mapping, Profile, Sample, StringTable, ValueType, Label} from 'pprof-format';
import {text} from '../../model/trace.ts';
import {KnownBy, type CallTree, type TreeWeight} from '../call-tree/shape.ts';
import type {Session} from '../derivation.ts';
import {FrameKind} from '../labels/shape.ts';
import {RESTORED} from './shape.ts';
import type {StackSum} from './stacks.ts';

/** What stands for frames that were not recorded. */
const NOT_RECORDED: Readonly<Record<number, string>> = {
  [FrameKind.LostCaller]: '[caller not recorded]', [FrameKind.LostTwo]: '[2 frames not recorded]', [FrameKind.Cut]: '[truncated]',
  [FrameKind.OtherStack]: '[other stack not copied]', [FrameKind.NoStack]: '[stack not recorded]', [FrameKind.Group]: '[not known]',
};

/** Names of values as pprof shows them, and their units. `period` is that of the event. */
const VALUES: Readonly<Record<Exclude<TreeWeight, 'period' | 'samples'>, readonly [type: string, unit: string]>> = {
  growths: ['growths', 'count'], copiedBytes: ['copied', 'bytes'], copyNs: ['copy', 'nanoseconds'],
  runningNs: ['running', 'nanoseconds'], runnableNs: ['runnable', 'nanoseconds'], waitingNs: ['waiting', 'nanoseconds'], syscallNs: ['syscall', 'nanoseconds'], offCpuNs: ['off-cpu', 'nanoseconds'],
};

/** perf's own clocks count CPU time. */
const CPU_CLOCK = /^(?:cpu-clock|task-clock)(?:\/[^/]*\/)?:?[a-zA-Z]*$/;

/** What the values are of. */
export interface PprofQuery {
  readonly weight: TreeWeight;
  /** Name of the event; null: none. */
  readonly event: string | null;
  readonly durationNs: number;
}

/** The profile's bytes, not compressed. Two values a sample: their number, and the weight where that is another. */
export function pprof(session: Session, tree: CallTree, stackSources: readonly number[], stacks: readonly StackSum[], {weight: weightName, event, durationNs}: PprofQuery): Uint8Array<ArrayBuffer> {
  const strings = new StringTable();
  const value = ([type, unit]: readonly [string, string]) => new ValueType({type: strings.dedup(type), unit: strings.dedup(unit)});
  const hasWeight = weightName !== 'samples';
  const weightType = weightName === 'samples' ? null : weightName === 'period' ? periodType(event) : VALUES[weightName];
  const locations = new Locations(tree, strings, filesOf(session, stackSources));
  const samples = stacks.map(({row, comm, weight, count}) => new Sample({
    locationId: locations.ofStack(row),
    value: hasWeight ? [Math.round(count), Math.round(weight)] : [Math.round(count)],
    label: comm === null ? [] : [new Label({key: strings.dedup('comm'), str: strings.dedup(comm)})],
  }));
  const profile = new Profile({
    sampleType: [value(['samples', 'count']), ...(weightType ? [value(weightType)] : [])],
    sample: samples, mapping: locations.mappings, location: locations.all, function: locations.functions, stringTable: strings,
    durationNanos: Math.max(0, Math.round(durationNs)),
    ...(weightType ? {periodType: value(weightType), period: 1} : {}),
  });
  return Uint8Array.from(profile.encode());
}

function periodType(event: string | null): readonly [string, string] {
  return event !== null && CPU_CLOCK.test(event) ? ['cpu', 'nanoseconds'] : [event ?? 'period', 'count'];
}

/** By name of a function: the first file that a frame of it is recorded in. */
function filesOf(session: Session, sources: readonly number[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const id of sources) {
    const source = session.source(id);
    if (!source) continue;
    const {frames} = source.trace;
    const labels = session.labels(source);
    for (let frame = 0; frame < frames.length; frame++) {
      const name = labels.names[labels.ofFrame[frame]];
      if (frames.file[frame] >= 0 && !files.has(name)) files.set(name, text(source.trace, frames.file[frame]) ?? '');
    }
  }
  return files;
}

/** Locations, functions and mappings, each made when it is first met. */
class Locations {
  readonly all: Location[] = [];
  readonly functions: PprofFunction[] = [];
  readonly mappings: Mapping[] = [];
  readonly #tree: CallTree;
  readonly #strings: StringTable;
  readonly #files: ReadonlyMap<string, string>;
  /** By name of the tree, and beyond the names by kind, each recorded and restored: id of the location. */
  readonly #ids = new Map<number, number>();
  readonly #mappingIds = new Map<string, number>();

  constructor(tree: CallTree, strings: StringTable, files: ReadonlyMap<string, string>) {
    this.#tree = tree;
    this.#strings = strings;
    this.#files = files;
    // The first mapping is what pprof calls the program.
    const program = tree.dsoOfName.find((dso, row) => dso !== null && tree.kindOfName[row] === FrameKind.Go);
    if (program) this.#mappingId(program);
  }

  /** Ids from the leaf to the root. */
  ofStack(row: number): number[] {
    const {parent, name, kind, names, knownBy} = this.#tree;
    const ids: number[] = [];
    for (let at = row; at > 0; at = parent[at]) ids.push(this.#id(name[at] < 0 ? names.length + kind[at] : name[at], kind[at], knownBy[at] === KnownBy.Restored));
    return ids;
  }

  #id(key: number, kind: number, isRestored: boolean): number {
    const own = key * 2 + Number(isRestored);
    const known = this.#ids.get(own);
    if (known !== undefined) return known;
    const {names, dsoOfName} = this.#tree;
    const recorded = key < names.length ? names[key] : (NOT_RECORDED[kind] ?? '[unknown]');
    const name = isRestored ? `${recorded}${RESTORED}` : recorded;
    const id = this.all.length + 1;
    const dso = key < names.length ? dsoOfName[key] : null;
    const text = this.#strings.dedup(name);
    this.functions.push(new PprofFunction({id, name: text, systemName: text, filename: this.#strings.dedup(this.#files.get(recorded) ?? '')}));
    this.all.push(new Location({id, mappingId: dso === null ? 0 : this.#mappingId(dso), line: [new Line({functionId: id})]}));
    this.#ids.set(own, id);
    return id;
  }

  #mappingId(dso: string): number {
    let id = this.#mappingIds.get(dso);
    if (id === undefined) {
      id = this.mappings.push(new Mapping({id: this.mappings.length + 1, filename: this.#strings.dedup(dso), hasFunctions: true}));
      this.#mappingIds.set(dso, id);
    }
    return id;
  }
}
