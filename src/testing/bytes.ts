/** Bytes for tests: text as the readers of lines and frames want to see it, sources that come in pieces, whole files opened. */
import {memorySource, type ByteStream} from '../base/bytes/source.ts';
import {PADDING} from '../base/bytes/words.ts';
import type {FaultGroup} from '../base/fault.ts';
import {unwatched, type Format} from '../formats/format.ts';
import {openFile} from '../formats/open.ts';
import {TraceBuilder} from '../model/builder.ts';
import type {Trace} from '../model/trace.ts';

const encoder = new TextEncoder();

/** Text in UTF-8; bytes as they are. */
export function bytesOf(content: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof content === 'string' ? encoder.encode(content) : content.slice();
}

/** The content as a line reader hands it on: with `PADDING` bytes after it, which are not zero so that they cannot help by chance. */
export function padded(content: string | Uint8Array): {bytes: Uint8Array; view: DataView; length: number} {
  const content8 = bytesOf(content);
  const bytes = new Uint8Array(content8.length + PADDING).fill(0xa5);
  bytes.set(content8);
  return {bytes, view: new DataView(bytes.buffer), length: content8.length};
}

/** A stream that gives these pieces, one a read. */
export function streamOf(...pieces: readonly (string | Uint8Array)[]): ByteStream {
  const left = pieces.map(bytesOf);
  return {read: async () => left.shift() ?? null};
}

/** All bytes of a stream. */
export async function allBytes(stream: ByteStream): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for (let piece = await stream.read(); piece; piece = await stream.read()) pieces.push(piece.slice());
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** The content in gzip. */
export async function gzipped(content: string | Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytesOf(content)]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The content in zstd: one frame of blocks that are not packed. */
export function zstdFramed(content: string | Uint8Array, blockBytes = 1000): Uint8Array<ArrayBuffer> {
  const bytes = bytesOf(content);
  // Magic, a frame with a window of 128 KiB and neither size nor checksum; each block's header says last, raw and how long.
  const parts = [Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38)];
  for (let at = 0; at === 0 || at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const header = (block.length << 3) | (at + blockBytes >= bytes.length ? 1 : 0);
    parts.push(Uint8Array.of(header & 255, (header >> 8) & 255, header >> 16), block);
  }
  return joined(...parts);
}

/** The parts behind one another. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** The content in UTF-16, with a byte order mark unless told otherwise. */
export function utf16(content: string, order: 'little' | 'big' = 'little', mark = true): Uint8Array<ArrayBuffer> {
  const units = mark ? `\uFEFF${content}` : content;
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let i = 0; i < units.length; i++) view.setUint16(2 * i, units.charCodeAt(i), order === 'little');
  return new Uint8Array(view.buffer);
}

/** What opening a file of this content gives: its trace, or null, and the faults. */
export async function opened(content: string | Uint8Array, pieceBytes?: number): Promise<{trace: Trace | null; faults: readonly FaultGroup[]}> {
  const result = await openFile(memorySource('unknown', bytesOf(content), pieceBytes), {breathe: () => Promise.resolve()});
  if (result.is === 'symbols') throw new Error('these are symbols, no capture');
  return result.is === 'capture' ? {trace: result.trace, faults: result.trace.faults} : {trace: null, faults: result.faults};
}

/** The content as this format reads it, without asking whether it is of the format. */
export async function parsedAs(format: Format, content: string | Uint8Array, pieceBytes?: number): Promise<Trace> {
  const build = new TraceBuilder(format.id);
  const parser = await format.load();
  await parser.parse(memorySource('unknown', bytesOf(content), pieceBytes).open(), build, unwatched);
  return build.finish();
}
