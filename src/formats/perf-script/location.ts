/**
 * One code location as text: `44cf6a runtime.getStackMap+0x1aa (/app)`, each part but the first only if asked for. Frames of call
 * chains are read faster (frame-line.ts); this is for those that stand on a record's own line.
 */
import type {TraceBuilder} from '../../model/builder.ts';
import {AddressKind} from '../../model/tables.ts';
import {splitSymbol, withDsoOffset} from './symbol-text.ts';

/** What a location says; null where it is not printed, or perf knew nothing. */
export interface Location {
  readonly address: bigint;
  readonly symbol: string | null;
  readonly dso: string | null;
  /** Where in the file of `dso` it lies, as `-F +dsoff` prints it. */
  readonly fileOffset: bigint | null;
  readonly inlined: boolean;
  /** It has an offset or a DSO, so it is no other text that begins like an address. */
  readonly sure: boolean;
}

const ADDRESS = /^([0-9a-f]{1,16})(?:\s(.*))?$/;
const OFFSET = /^(.+?)\+0x[0-9a-f]+( \(.*\))?$/;

/** The location that is all of the text; null when it is none. */
export function locationOf(text: string): Location | null {
  const inlined = text.endsWith(' (inlined)');
  const parts = ADDRESS.exec(inlined ? text.slice(0, -' (inlined)'.length) : text);
  if (!parts) return null;
  const address = BigInt(`0x${parts[1]}`);
  const name = (parts[2] ?? '').trim();
  const withOffset = OFFSET.exec(name);
  const {symbol, tail} = withOffset ? {symbol: withOffset[1], tail: withOffset[2] ?? ''} : splitSymbol(name);
  const {dso, offset} = withDsoOffset(tail === '' ? null : tail.slice(2, -1));
  return {address, symbol: symbol === '' || symbol === '[unknown]' ? null : symbol, dso, fileOffset: offset, inlined, sure: withOffset !== null || tail !== '' || symbol === '[unknown]'};
}

/** Frame row of a location. On a record's own line perf prints addresses as they lay in memory. */
export function frameOf({address, symbol, dso, fileOffset, inlined}: Location, build: TraceBuilder): number {
  const dsoRow = dso === null ? -1 : build.string(dso);
  if (symbol !== null) return build.frame(build.string(symbol), dsoRow, -1, -1, inlined ? 1 : 0);
  return fileOffset === null ? build.unresolvedFrame(address, dsoRow, AddressKind.InMemory) : build.unresolvedFrame(fileOffset, dsoRow, AddressKind.FileOffset);
}
