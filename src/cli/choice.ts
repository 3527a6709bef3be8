/** `--from`, `--to` and the filters: which rows of the open files a command prints. As the page's brush and its filters choose. */
import {groupOf} from '../derive/axis/shape.ts';
import type {Session, SessionSource} from '../derive/derivation.ts';
import {noFilter, type Filter} from '../derive/filter/shape.ts';
import {text} from '../model/trace.ts';
import {WrongUse} from './command.ts';
import {complain} from './complain.ts';

/** What a command that chooses rows takes besides its own options. */
export const choiceOptions = {
  from: {type: 'string'}, to: {type: 'string'}, process: {type: 'string'}, thread: {type: 'string'}, comm: {type: 'string'}, 'start-function': {type: 'string'}, 'causing-function': {type: 'string'}, goroutine: {type: 'string'},
} as const;
/** Stands in the usage of such a command; `choiceHelp` says what it is. */
export const choiceUsage = '[CHOICE…]';
export const choiceHelp = `${choiceUsage}: which rows, joined by “and”
  --from NS, --to NS                       times of the first axis: of the Go trace's clock, else of the first file's
  --process PID, --thread TID, --comm NAME
  --start-function F, --goroutine ID       goroutines, and the samples attributed to them
  --causing-function F                     growths that its calls caused, samples of them, and the goroutines that grew so`;

type ChoiceValues = {readonly [Name in keyof typeof choiceOptions]?: string};

/** Which rows are chosen. Times are nanoseconds since the origin of the source that is asked about. */
export interface Choice {
  readonly filter: Filter;
  /** The part of the axis, since its zero; null: all of it. */
  readonly range: {readonly fromNs: number; readonly toNs: number} | null;
  /** The part of the axis in the source's own times, which is all where nothing was chosen; null: the source is not on that axis. */
  rangeOf(source: SessionSource): {readonly fromNs: number; readonly toNs: number} | null;
  sample(source: SessionSource): (row: number) => boolean;
  change(source: SessionSource): (row: number) => boolean;
  goroutine(source: SessionSource): (row: number) => boolean;
  /** Rows of the threads. A thread is of no goroutine. */
  thread(source: SessionSource): (row: number) => boolean;
}

const EVERYTHING = {fromNs: -Infinity, toNs: Infinity} as const;

/** Reads the options. Throws `WrongUse` where they make no sense, or name a goroutine that no open trace has. */
export function choice(session: Session, values: ChoiceValues): Choice {
  const filter = chosenFilter(session, values);
  const range = chosenRange(session, values);
  const rangeOf = (source: SessionSource) => {
    if (!range) return EVERYTHING;
    const shiftNs = session.axis.shiftsNs.get(source.id);
    return shiftNs === undefined || groupOf(session.axis, source.id) !== session.axis.groups[0] ? null : {fromNs: range.fromNs - shiftNs, toNs: range.toNs - shiftNs};
  };
  const rows = (source: SessionSource, pass: Uint8Array | null, timesNs: Float64Array | null) => {
    const part = rangeOf(source);
    if (!part) return () => false;
    return (row: number) => (pass === null || pass[row] === 1) && (range === null || timesNs === null || (timesNs[row] >= part.fromNs && timesNs[row] <= part.toNs));
  };
  if (range) for (const {name, id} of session.sources) if (groupOf(session.axis, id) !== session.axis.groups[0]) complain(name, 'is not on the axis that --from and --to are of; nothing of it is chosen');
  return {
    filter,
    range,
    rangeOf,
    sample: (source) => rows(source, session.filtered(source, filter).samples, source.trace.samples.timeNs),
    change: (source) => rows(source, session.filtered(source, filter).stackChanges, source.trace.stackChanges.timeNs),
    thread: (source) => rows(source, session.filtered(source, filter).threads, null),
    goroutine: (source) => rows(source, session.filtered(source, filter).goroutines, null),
  };
}

function chosenRange({axis}: Session, {from, to}: ChoiceValues): Choice['range'] {
  if (from === undefined && to === undefined) return null;
  const group = axis.groups[0];
  if (!group) throw new WrongUse('--from and --to choose by time, and these files have no times');
  const since = (value: string | undefined, name: string, otherwise: number) => (value === undefined ? otherwise : Number(BigInt(wholeNumber(value, name)) - group.originNs));
  const range = {fromNs: since(from, '--from', 0), toNs: since(to, '--to', Math.max(0, group.endNs))};
  if (from !== undefined && to !== undefined && range.fromNs > range.toNs) throw new WrongUse('--from is later than --to');
  return range;
}

function chosenFilter(session: Session, {process, thread, comm, 'start-function': startFunction, 'causing-function': cause, goroutine}: ChoiceValues): Filter {
  const filter = {
    ...noFilter,
    process: process === undefined ? null : Number(wholeNumber(process, '--process')),
    thread: thread === undefined ? null : Number(wholeNumber(thread, '--thread')),
    comm: comm ?? null,
    startFunction: startFunction ?? null,
    cause: cause ?? null,
    goroutine: goroutine === undefined ? null : goroutineNumbered(session, Number(wholeNumber(goroutine, '--goroutine'))),
  };
  if (filter.startFunction !== null && !hasStartFunction(session, filter.startFunction)) throw new WrongUse(`no goroutine was started with “${filter.startFunction}”`);
  if (filter.cause !== null && !causedAny(session, filter.cause)) throw new WrongUse(`no growth is known to be caused by “${filter.cause}”`);
  return filter;
}

/** The goroutine of the trace that samples are attributed to, else of the first trace that has it. */
function goroutineNumbered({sources, axis}: Session, id: number): NonNullable<Filter['goroutine']> {
  const inOrder = sources.toSorted((a, b) => Number(b.id === axis.reference) - Number(a.id === axis.reference));
  for (const source of inOrder) {
    const row = source.trace.goroutines.id.indexOf(id);
    if (row >= 0) return {source: source.id, goroutine: row};
  }
  throw new WrongUse(`there is no goroutine ${id}`);
}

function hasStartFunction({sources}: Session, name: string): boolean {
  return sources.some(({trace}) => trace.goroutines.startFunction.some((row) => text(trace, row) === name));
}

function causedAny(session: Session, cause: string): boolean {
  return session.sources.some((source) => {
    const {samples, stackChanges} = session.filtered(source, {...noFilter, cause});
    return [samples, stackChanges].some((rows) => rows?.includes(1));
  });
}

function wholeNumber(value: string, name: string): string {
  if (!/^[+-]?\d+$/.test(value)) throw new WrongUse(`${name} is a whole number, not “${value}”`);
  return value;
}
