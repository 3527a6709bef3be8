/**
 * What the function table must show, from the lines of `morestack functions` and `morestack samples` for the same files and the same range. It knows
 * the words of the lines (docs/cli.md) and nothing of the engine.
 */
import {inspections, morestackLines, type SampleLine} from './captures.ts';

export interface FunctionLine {
  /** null: what the kind says. */
  readonly name: string | null;
  readonly kind: string;
  readonly self: number;
  readonly total: number;
  readonly count: number;
}

/** Shares of the axis. */
export interface AxisPart {
  readonly from: number;
  readonly to: number;
}

/** Functions of the CPU time in the first file, and its samples. */
export class FunctionFigures {
  readonly functions: readonly FunctionLine[];
  readonly whole: {readonly total: number; readonly count: number};
  readonly #samples: readonly SampleLine[];
  readonly #fromNs: number;
  readonly #toNs: number;
  /** Where the axis begins, on its clock. */
  readonly #axisNs: number;

  constructor(files: readonly string[], part: AxisPart | null) {
    const ends = inspections(...files);
    this.#axisNs = Math.min(...ends.map(({startNs}) => startNs));
    const axisNs = Math.max(...ends.map(({endNs}) => endNs)) - this.#axisNs;
    this.#fromNs = (part?.from ?? 0) * axisNs;
    this.#toNs = (part?.to ?? 1) * axisNs;
    const chosen = part ? ['--from', String(Math.ceil(this.#axisNs + this.#fromNs)), '--to', String(Math.floor(this.#axisNs + this.#toNs))] : [];
    const [event] = Object.keys(ends[0].samples);
    this.functions = morestackLines<FunctionLine>('functions', ...files, '--event', event, '--weight', 'period', ...chosen);
    this.#samples = morestackLines<SampleLine & {readonly file: string}>('samples', ...files, ...chosen).filter(({file}) => file === files[0]);
    this.whole = {total: weigh(this.#samples), count: this.#samples.length};
  }

  /** What calls a function (`before`) or is called by it in its outermost calls, by weight. Frames without a name are left out: a line of samples has none. */
  neighbours(name: string, side: 'before' | 'after'): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const {stack, weight} of this.#of(name)) {
      const other = stack![stack!.indexOf(name) + (side === 'before' ? -1 : 1)];
      if (other !== undefined && other !== '[unknown]') sums.set(other, (sums.get(other) ?? 0) + weight);
    }
    return sums;
  }

  /** Weight of the stacks that hold a function, in equal parts of the time, and where on the axis each part begins and ends. */
  overTime(name: string, parts: number): {readonly values: readonly number[]; edgeNs(part: number): number} {
    const values = Array.from({length: parts}, () => 0);
    const length = this.#toNs - this.#fromNs;
    for (const {timeNs, weight} of this.#of(name)) values[Math.min(parts - 1, Math.floor(((timeNs - this.#axisNs - this.#fromNs) / length) * parts))] += weight;
    return {values, edgeNs: (part) => this.#fromNs + (length * part) / parts};
  }

  #of(name: string): SampleLine[] {
    return this.#samples.filter(({stack}) => stack?.includes(name));
  }
}

function weigh(samples: readonly SampleLine[]): number {
  return samples.reduce((sum, {weight}) => sum + weight, 0);
}
