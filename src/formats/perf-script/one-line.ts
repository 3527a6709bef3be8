/** Samples without a call chain, which perf prints on one line: `… cpu-clock:  44cf6a runtime.getStackMap+0x1aa (/app) ABI:2 …`. */
import type {TraceBuilder} from '../../model/builder.ts';
import {splitSymbol} from './frame-line.ts';

const ADDRESS = /^([0-9a-f]{1,16}) (\S.*)$/;
const OFFSET = /^(.+?)\+0x[0-9a-f]+( \(.*\))?$/;
const REGISTERS = /(?:^|\s)ABI:\d+(?:\s.*)?$/;

/** Parts the registers that `-F +uregs` or `+iregs` prints at the end of such a line. */
export function splitRegisters(rest: string): {text: string; registers: boolean} {
  const found = REGISTERS.exec(rest);
  return found ? {text: rest.slice(0, found.index).trimEnd(), registers: true} : {text: rest, registers: false};
}

/**
 * Frame row of `address symbol+0xoffset (dso)`, `address symbol (dso)` or `address [unknown] (dso)`; -1 when the text is none of
 * these, as the text of a tracepoint is not.
 */
export function stacklessFrame(text: string, build: TraceBuilder): number {
  const parts = ADDRESS.exec(text);
  if (!parts) return -1;
  const [, address, location] = parts;
  const withOffset = OFFSET.exec(location);
  const {symbol, tail} = withOffset ? {symbol: withOffset[1], tail: withOffset[2] ?? ''} : splitSymbol(location);
  if (!withOffset && tail === '' && symbol !== '[unknown]') return -1;
  const dso = tail === '' ? -1 : build.string(tail.slice(2, -1));
  if (symbol === '[unknown]') return build.unresolvedFrame(BigInt(`0x${address}`), dso);
  return build.frame(build.string(symbol), dso, -1, -1);
}
