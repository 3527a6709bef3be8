/**
 * Changes and growth samples -> in which row of a grouping each is, and whose it is. No range changes it: it is made once and kept, so
 * that the sums of a range are additions only.
 */
import type {Session, SessionSource} from '../derivation.ts';
import {text} from '../../model/trace.ts';
import {ChainClass} from '../chains/shape.ts';
import {CauseFrom, type CountedChanges} from '../growth/shape.ts';
import type {EventSamples} from '../rows/shape.ts';
import type {GrowthGrouping, GrowthRow} from './shape.ts';

/** What tells a row from others. */
export type RowIdentity = Pick<GrowthRow, 'key' | 'name' | 'from' | 'source' | 'goroutine' | 'goroutineId'>;

/** By change, or by growth sample: */
export interface PlacesOf {
  /** Row of `rows`. */
  readonly row: Int32Array;
  /** A number for the goroutine, below `members`; -1 not known. */
  readonly member: Int32Array;
  /** A number for the goroutine in this row, below `pairs`; -1 not known. */
  readonly pair: Int32Array;
}

export interface Places {
  readonly rows: readonly RowIdentity[];
  readonly members: number;
  readonly pairs: number;
  readonly changes: PlacesOf;
  /** Beside the places of `EventSamples.ofClass[Growth]`. */
  readonly samples: PlacesOf;
}

/** Whose a change or sample is, and what grew it. */
interface Owner {
  /** Row of the goroutines, -1 not known. */
  readonly goroutine: number;
  /** goid; NaN: not known. Tells apart goroutines that no trace tells of. */
  readonly goroutineId: number;
  readonly cause: string | null;
  readonly causeFrom: CauseFrom;
}

/** What is placed; `goTrace`: whose goroutines are meant. */
export interface Placed {
  readonly counted: CountedChanges | null;
  readonly goTrace: SessionSource | null;
  readonly sampled: {readonly source: SessionSource; readonly samples: EventSamples} | null;
}

const noChanges = {};
const noSamples = {};
const kept = new WeakMap<object, WeakMap<object, Map<string, Places>>>();

/** Cost: at first linear in changes and growth samples. */
export function placesOf(session: Session, placed: Placed, by: GrowthGrouping): Places {
  const changes = placed.counted ?? noChanges;
  const samples = placed.sampled?.samples ?? noSamples;
  const ofSamples = kept.get(changes) ?? new WeakMap<object, Map<string, Places>>();
  kept.set(changes, ofSamples);
  const byGrouping = ofSamples.get(samples) ?? new Map<string, Places>();
  ofSamples.set(samples, byGrouping);
  const key = `${by} ${placed.goTrace?.id ?? -1}`;
  let places = changes === noChanges && samples === noSamples ? undefined : byGrouping.get(key);
  if (!places) byGrouping.set(key, (places = made(session, placed, by)));
  return places;
}

function made(session: Session, {counted, goTrace, sampled}: Placed, by: GrowthGrouping): Places {
  const maker = new PlaceMaker(by, goTrace);
  const changes = maker.places(counted?.length ?? 0, (i) => ownerOf(counted!, i));
  const growing = sampled?.samples.ofClass[ChainClass.Growth] ?? new Int32Array(0);
  const ownerOfSample = sampled && sampleOwners(session, counted, goTrace, sampled.source);
  const samples = maker.places(growing.length, (i) => ownerOfSample!(sampled!.samples.row[growing[i]]));
  return {rows: maker.rows, members: maker.members, pairs: maker.pairs, changes, samples};
}

class PlaceMaker {
  readonly rows: RowIdentity[] = [];
  pairs = 0;
  readonly #rowOf = new Map<string | number, number>();
  readonly #memberOf = new Map<number, number>();
  /** By row: the number of each of its members. */
  readonly #pairOf: Map<number, number>[] = [];
  readonly #by: GrowthGrouping;
  readonly #source: SessionSource | null;

  constructor(by: GrowthGrouping, source: SessionSource | null) {
    this.#by = by;
    this.#source = source;
  }

  get members(): number {
    return this.#memberOf.size;
  }

  places(length: number, ownerAt: (i: number) => Owner): PlacesOf {
    const of = {row: new Int32Array(length), member: new Int32Array(length).fill(-1), pair: new Int32Array(length).fill(-1)};
    for (let i = 0; i < length; i++) {
      const owner = ownerAt(i);
      const row = (of.row[i] = this.#rowFor(owner));
      const goroutine = memberOf(owner);
      if (goroutine === null) continue;
      const member = (of.member[i] = numbered(this.#memberOf, goroutine, this.#memberOf.size));
      const pairs = this.#pairOf[row];
      const before = pairs.size;
      of.pair[i] = numbered(pairs, member, this.pairs);
      this.pairs += pairs.size - before;
    }
    return of;
  }

  #rowFor(owner: Owner): number {
    const key = this.#keyOf(owner);
    let row = this.#rowOf.get(key);
    if (row === undefined) {
      this.#rowOf.set(key, (row = this.rows.push(this.#identity(String(key), owner)) - 1));
      this.#pairOf.push(new Map());
    }
    return row;
  }

  #identity(key: string, {goroutine, goroutineId, cause, causeFrom}: Owner): RowIdentity {
    const isGoroutine = this.#by === 'goroutine';
    return {
      key,
      name: this.#by === 'cause' ? cause : this.#startFunction(goroutine),
      from: this.#by === 'cause' ? causeFrom : CauseFrom.None,
      source: isGoroutine && goroutine >= 0 ? (this.#source?.id ?? -1) : -1,
      goroutine: isGoroutine ? goroutine : -1,
      goroutineId: isGoroutine ? goroutineId : Number.NaN,
    };
  }

  #keyOf(owner: Owner): string | number {
    switch (this.#by) {
      case 'startFunction':
        return owner.goroutine < 0 || !this.#source ? -1 : this.#source.trace.goroutines.startFunction[owner.goroutine];
      case 'cause':
        return `${owner.causeFrom} ${owner.cause ?? ''}`;
      case 'goroutine':
        return memberOf(owner) ?? 'none';
    }
  }

  #startFunction(goroutine: number): string | null {
    return this.#source && goroutine >= 0 ? text(this.#source.trace, this.#source.trace.goroutines.startFunction[goroutine]) : null;
  }
}

function numbered(numbers: Map<number, number>, of: number, next: number): number {
  let number = numbers.get(of);
  if (number === undefined) numbers.set(of, (number = next));
  return number;
}

/** A number for a goroutine; null when nothing tells which it is. */
function memberOf({goroutine, goroutineId}: Owner): number | null {
  return goroutine >= 0 ? goroutine : Number.isNaN(goroutineId) ? null : -1 - goroutineId;
}

function ownerOf(counted: CountedChanges, change: number): Owner {
  return {
    goroutine: counted.goroutine[change],
    goroutineId: counted.goroutineId[change],
    cause: counted.cause[change] < 0 ? null : counted.functions[counted.cause[change]],
    causeFrom: counted.causeFrom[change] as CauseFrom,
  };
}

/** Whose a growth sample is: its goroutine by the join; its cause by its own chain, else by the change that it belongs to. */
function sampleOwners(session: Session, counted: CountedChanges | null, goTrace: SessionSource | null, sampled: SessionSource): (sample: number) => Owner {
  const {samples} = sampled.trace;
  const attributed = session.attribution(sampled);
  const isOfTrace = goTrace !== null && attributed.to === goTrace.id;
  const changeOf = changesOfSamples(session, counted, sampled);
  return (i) => {
    const goroutine = isOfTrace ? attributed.goroutine[i] : -1;
    const change = changeOf(i);
    const own = session.growingFunction(sampled, samples.stack[i]);
    const told = own.from !== CauseFrom.None || !counted || change < 0 ? {cause: own.name, causeFrom: own.from} : ownerOf(counted, change);
    return {goroutine, goroutineId: goroutine >= 0 && goTrace ? goTrace.trace.goroutines.id[goroutine] : Number.NaN, cause: told.cause, causeFrom: told.causeFrom};
  };
}

/** Of a sample the counted change that it belongs to, or that it is; -1 none. */
function changesOfSamples(session: Session, counted: CountedChanges | null, sampled: SessionSource): (sample: number) => number {
  if (!counted) return () => -1;
  const isProbed = counted.by === 'probes';
  if (counted.source !== (isProbed ? sampled.id : session.attribution(sampled).to)) return () => -1;
  const growthOf = isProbed ? null : session.growthOfSamples(sampled);
  const byRow = new Map(Array.from(counted.row, (row, change) => [row, change]));
  return (sample) => byRow.get(growthOf ? growthOf[sample] : sample) ?? -1;
}
