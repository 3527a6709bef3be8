/**
 * What the page must show of stack growth, summed here from the lines of the command line for the same files and the same range. It knows
 * the words of the lines (docs/cli.md) and nothing of the engine.
 */
import {inspections, morestackLines, type GrowthLine, type SampleLine} from './captures.ts';

interface GoroutineLine {
  readonly id: number;
  readonly startFunction: string | null;
}

/** Sums of one row of the growth table, or of all. null: the files do not tell. */
export interface GrowthFigures {
  readonly goroutines: number | null;
  readonly growths: number | null;
  readonly shrinks: number | null;
  readonly largestBytes: number | null;
  readonly copiedBytes: number | null;
  readonly copyNs: number | null;
  /** Growths and shrinks a second. */
  readonly copiesPerSecond: number | null;
  /** Of the weight of all samples in the range. */
  readonly share: number | null;
}

export interface Expected {
  readonly all: GrowthFigures;
  readonly growingGoroutines: number;
  /** By start function; null: not known. */
  readonly ofStart: ReadonlyMap<string | null, GrowthFigures>;
  /** By goid; null: not known. */
  readonly ofGoroutine: ReadonlyMap<number | null, GrowthFigures>;
  /** How many goroutines lived in the range, by start function. */
  readonly lived: ReadonlyMap<string | null, number>;
  readonly weight: number;
  readonly samplesOfEvent: number;
  readonly samplesInRange: number;
  readonly preemptions: number;
  readonly lengthNs: number;
}

type AnyLine = GrowthLine & {readonly tid: number | null};

/** Sums over the part of the axis; `range` in shares of it, null: all. Samples are those of the first file, the last one is the trace. */
export function expectedFigures(files: readonly string[], range: {readonly from: number; readonly to: number} | null): Expected {
  const ends = inspections(...files);
  const startNs = Math.min(...ends.map((file) => file.startNs));
  const axisNs = Math.max(...ends.map((file) => file.endNs)) - startNs;
  const chosen = range ? ['--from', String(Math.ceil(startNs + range.from * axisNs)), '--to', String(Math.floor(startNs + range.to * axisNs))] : [];
  const lengthNs = range ? (range.to - range.from) * axisNs : axisNs;
  const trace = ends.at(-1)!;
  // Without a range copies are counted over the time that the trace was recorded, which may be less than the axis.
  const countedNs = range ? lengthNs : trace.endNs - trace.startNs;
  const knowsSizes = ends.some(({growths}) => growths !== null);
  const lines = morestackLines<AnyLine>('growth', ...files, ...chosen);
  const samples = morestackLines<SampleLine & {readonly tid: number | null; readonly file: string; readonly goroutine: number | null}>('samples', ...files, ...chosen).filter(({file}) => file === files[0]);
  const goroutines = morestackLines<GoroutineLine>('goroutines', ...files, ...chosen);
  const changes = lines.filter(({source}) => source === 'trace');
  const weightOf = new Map(samples.map((sample) => [`${sample.timeNs} ${sample.tid}`, sample.weight]));
  const weight = samples.reduce((sum, sample) => sum + sample.weight, 0);
  const ofKind = (kind: GrowthLine['kind']) => lines.filter((line) => line.source === 'sample' && line.kind === kind && weightOf.has(`${line.timeNs} ${line.tid}`));
  const growing = ofKind('growth');

  const figures = (isOf: (line: AnyLine) => boolean): GrowthFigures => {
    const own = changes.filter(isOf);
    const grown = own.filter(({kind}) => kind === 'growth');
    const sampled = growing.filter(isOf);
    // Samples that grow where no growth was counted: the trace does not tell of them.
    const known = <T>(value: T) => (knowsSizes && (own.length > 0 || sampled.length === 0) ? value : null);
    const ids = new Set([...own, ...sampled].map(({goroutine}) => goroutine).filter((id) => id !== null));
    const sizes = own.flatMap(({oldBytes, newBytes}) => [oldBytes, newBytes]).filter((bytes) => bytes !== null);
    return {
      goroutines: ids.size > 0 ? ids.size : known(0),
      growths: known(grown.length),
      shrinks: known(own.length - grown.length),
      largestBytes: sizes.length > 0 ? Math.max(...sizes) : null,
      copiedBytes: known(grown.reduce((sum, {oldBytes, newBytes}) => sum + (oldBytes ?? newBytes! / 2), 0)),
      copyNs: known(grown.reduce((sum, {durationNs}) => sum + durationNs!, 0)),
      copiesPerSecond: known(own.length / (countedNs / 1e9)),
      share: weight > 0 ? sampled.reduce((sum, {timeNs, tid}) => sum + weightOf.get(`${timeNs} ${tid}`)!, 0) / weight : null,
    };
  };
  const by = <Key>(keyOf: (line: AnyLine) => Key) => new Map([...new Set([...changes, ...growing].map(keyOf))].map((key) => [key, figures((line) => keyOf(line) === key)]));
  const lived = new Map<string | null, number>();
  for (const {startFunction} of goroutines) lived.set(startFunction, (lived.get(startFunction) ?? 0) + 1);
  return {
    all: figures(() => true),
    growingGoroutines: new Set(changes.filter(({kind}) => kind === 'growth').map(({goroutine}) => goroutine).filter((id) => id !== null)).size,
    ofStart: by(({startFunction}) => startFunction),
    ofGoroutine: by(({goroutine}) => goroutine),
    lived,
    weight,
    samplesOfEvent: Object.values(ends[0].samples).reduce((sum, count) => sum + count, 0),
    samplesInRange: samples.length,
    preemptions: ofKind('preemption').length,
    lengthNs,
  };
}
