/** From a dropped file to `Symbols`: what kind it is, by its first bytes; gzip is opened; what cannot be used is said with its reason. */
import {gunzip, isGzip} from '../base/bytes/gunzip.ts';
import {HeadStream} from '../base/bytes/head.ts';
import type {ByteSource} from '../base/bytes/source.ts';
import type {Fault, Result} from '../base/fault.ts';
import {isElf, type BinaryFile} from './elf/layout.ts';
import {elfSymbols} from './elf/symbols.ts';
import type {Symbols} from './shape.ts';
import {kallsyms, perfMap, pidOfMap, sniffTextTable} from './text-tables.ts';

export type SymbolKind = Symbols['kind'];

const HEAD_BYTES = 4096;
/** Of a packed file, or one that is a stream, all is held: no more than this. */
const MOST_BYTES = 1 << 30;

/** What kind of symbols a file holds, by its first bytes (unpacked); null: none that is known. `complete`: `head` is the whole file. Never throws. */
export function sniffSymbols(head: Uint8Array, complete: boolean): SymbolKind | null {
  return isElf(head) ? 'elf' : sniffTextTable(head, complete);
}

/**
 * Opens a file of symbols. Fails with `symbols/unknown` (not such a file), `symbols/damaged` (an ELF file without a head that can be),
 * `symbols/empty` (nothing in it names an address), `symbols/hidden` (kallsyms read without the right to see addresses), `symbols/too-large`
 * (packed, and more than 1 GiB), `gzip/damaged`. Cost: of a binary the parts that are needed; of a text, or a packed file, all of it.
 */
export async function openSymbols(source: ByteSource): Promise<Result<Symbols>> {
  const opened = await fileOf(source);
  if (!opened.ok) return opened;
  const file = opened.value;
  const head = await file.readAt(0, HEAD_BYTES);
  const kind = sniffSymbols(head, head.length === file.sizeBytes);
  if (kind === 'elf') {
    const symbols = await elfSymbols(file);
    if (!symbols) return failed('symbols/damaged', `${source.name} begins as an ELF file does, but its head is not one.`);
    const isUseful = symbols.functions.length > 0 || symbols.go !== null || symbols.ehFrame !== null;
    return isUseful ? {ok: true, value: symbols} : failed('symbols/empty', `${source.name} is an ELF file in which nothing is named: it is stripped, and not a Go binary.`);
  }
  if (kind === null) return failed('symbols/unknown', `${source.name} is neither a binary (ELF), nor kallsyms, nor a perf-PID.map.`);
  const bytes = await file.readAt(0, file.sizeBytes);
  const symbols = kind === 'kallsyms' ? kallsyms(bytes) : perfMap(bytes, pidOfMap(source.name));
  if (symbols.functions.length > 0) return {ok: true, value: symbols};
  if (kind === 'kallsyms') return failed('symbols/hidden', `All addresses in ${source.name} are 0: kallsyms shows them to root only. Save it with \`sudo cat /proc/kallsyms > kallsyms\`.`);
  return failed('symbols/empty', `${source.name} names no address.`);
}

async function fileOf(source: ByteSource): Promise<Result<BinaryFile>> {
  const {name, sizeBytes, readAt} = source;
  if (sizeBytes !== null && readAt) {
    // Never more than there is: what a damaged file says of itself is no reason to ask for memory.
    const bounded = async (start: number, size: number) =>
      start >= 0 && start < sizeBytes && size > 0 ? readAt.call(source, start, Math.min(size, sizeBytes - start)) : new Uint8Array(0);
    if (!isGzip(await bounded(0, 3))) return {ok: true, value: {name, sizeBytes, readAt: bounded}};
  }
  return heldFile(source);
}

/** All of a packed or streamed file, in memory. */
async function heldFile(source: ByteSource): Promise<Result<BinaryFile>> {
  const faults: Fault[] = [];
  const head = new HeadStream(source.open());
  const isPacked = isGzip((await head.head(3)).bytes);
  const stream = isPacked ? gunzip(head, (fault) => faults.push(fault)) : head;
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for (let piece = await stream.read(); piece; piece = await stream.read()) {
    pieces.push(piece.slice());
    sizeBytes += piece.length;
    if (sizeBytes > MOST_BYTES) return failed('symbols/too-large', `${source.name} holds more than 1 GiB once unpacked. Unpack it and open the file itself.`);
  }
  if (faults.length > 0) return {ok: false, fault: faults[0]};
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return {ok: true, value: {name: source.name, sizeBytes, readAt: async (start, size) => bytes.subarray(start, start + size)}};
}

function failed(code: string, message: string): Result<never> {
  return {ok: false, fault: {severity: 'fatal', code, message, at: {byte: 0}}};
}
