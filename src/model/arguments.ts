/** The arguments of samples of tracepoints and probes: a sample -> its arguments, and how they are printed. */
import {lowerBound} from '../base/columns/search.ts';
import {ArgumentKind} from './tables.ts';
import {text, type Trace} from './trace.ts';

/** An argument of a tracepoint or probe. `value`: a number, or what was recorded as text. */
export interface Argument {
  readonly key: string;
  readonly value: bigint | string;
  /** perf prints it in hexadecimal. */
  readonly isHex: boolean;
}

/** The arguments of a sample, as they stood. Cost: a binary search, and linear in them. */
export function sampleArgumentsOf(trace: Trace, sample: number): Argument[] {
  const {row, key, kind, bits, text: texts, length} = trace.sampleArguments;
  const found: Argument[] = [];
  for (let i = lowerBound(row, sample, 0, length); i < length && row[i] === sample; i++) {
    const value = kind[i] === ArgumentKind.Text ? (text(trace, texts[i]) ?? '') : kind[i] === ArgumentKind.Signed ? BigInt.asIntN(64, bits[i]) : bits[i];
    found.push({key: text(trace, key[i]) ?? '', value, isHex: kind[i] === ArgumentKind.Hex});
  }
  return found;
}

/** As perf prints it. */
export function argumentText({value, isHex}: Argument): string {
  return isHex ? `0x${value.toString(16)}` : String(value);
}
