/** Finds what a file is, by its first bytes: a capture of a format, or symbols; or says what was looked for and what was seen. */
import {gunzip, isGzip} from '../base/bytes/gunzip.ts';
import {HeadStream} from '../base/bytes/head.ts';
import type {ByteStream} from '../base/bytes/source.ts';
import {hexExcerpt, utf8} from '../base/bytes/text.ts';
import {isZstd, unzstd} from '../base/bytes/unzstd.ts';
import {fromUtf16, utf16Of} from '../base/bytes/utf-16.ts';
import type {Fault, FaultLog} from '../base/fault.ts';
import {sniffSymbols} from '../symbols/open.ts';
import type {Format} from './format.ts';
import {recognised} from './recognised.ts';
import {formats} from './registry.ts';

/** What detection found, and the bytes (decompressed); or why nothing can read it. */
export type Detected =
  | {readonly is: 'capture'; readonly format: Format; readonly input: ByteStream; readonly isPacked: boolean}
  | {readonly is: 'symbols'; readonly format: null; readonly input: ByteStream; readonly isPacked: boolean}
  | {readonly is: 'unknown'; readonly format: null; readonly fault: Fault};

/** Heads of growing size are shown to the formats until one decides. */
const HEAD_SIZES = [1 << 12, 1 << 16, 1 << 20];

/** As much as tells a container and the encoding of a text. */
const CONTAINER_HEAD_BYTES = 128;

/** Opens gzip and zstd, makes UTF-8 of UTF-16, then asks every format. Faults of the container go to `faults`. Never rejects but for a failing read. */
export async function detect(stream: ByteStream, faults: FaultLog): Promise<Detected> {
  let input = new HeadStream(stream);
  const onFault = (fault: Fault) => faults.add(fault);
  const packed = (await input.head(CONTAINER_HEAD_BYTES)).bytes;
  if (isGzip(packed)) input = new HeadStream(gunzip(input, onFault));
  else if (isZstd(packed)) input = new HeadStream(unzstd(input, onFault));
  const encoding = utf16Of((await input.head(CONTAINER_HEAD_BYTES)).bytes);
  if (encoding) input = new HeadStream(fromUtf16(input, encoding));
  const isPacked = isGzip(packed) || isZstd(packed) || encoding !== null;
  for (const sizeBytes of HEAD_SIZES) {
    const {bytes, complete} = await input.head(sizeBytes);
    const verdicts = formats.map((format) => ({format, verdict: format.sniff(bytes, complete)}));
    const sure = verdicts.find(({verdict}) => verdict === 'yes');
    if (sure) return {is: 'capture', format: sure.format, input, isPacked};
    if (sniffSymbols(bytes, complete) !== null) return {is: 'symbols', format: null, input, isPacked};
    const open = verdicts.some(({verdict}) => verdict === 'need-more');
    if (!open || complete || sizeBytes === HEAD_SIZES.at(-1)) return {is: 'unknown', format: null, fault: unknownInput(bytes)};
  }
  throw new Error('internal: the last head size returns');
}

function unknownInput(head: Uint8Array): Fault {
  if (head.length === 0) {
    return {severity: 'fatal', code: 'input/empty', message: 'The file is empty: 0 bytes.', at: {byte: 0}};
  }
  const named = recognised.find((kind) => kind.test(head));
  if (named) {
    return {severity: 'fatal', code: `input/${named.code}`, message: `This is ${named.label}, which cannot be read yet. ${named.advice}`, at: {byte: 0}};
  }
  const looked = [...formats.map((format) => format.label), ...SYMBOL_LABELS].join(', ');
  return {
    severity: 'fatal',
    code: 'input/unknown',
    message: `Not a kind of file that is understood. Looked for: ${looked} (each also in gzip or zstd, text also in UTF-16). Seen: ${describe(head)}.`,
    at: {byte: 0},
  };
}

/** Files that hold no samples, but what addresses in samples are called. */
const SYMBOL_LABELS = ['ELF binary', 'kallsyms', 'perf-PID.map'] as const;

function describe(head: Uint8Array): string {
  const start = head.subarray(0, 80);
  const binary = start.some((byte) => byte < 9 || (byte > 13 && byte < 32));
  if (binary) return `bytes ${hexExcerpt(head, 0, Math.min(head.length, 16))}`;
  return `text that begins “${utf8(start).split(/\r?\n/, 1)[0]}”`;
}
