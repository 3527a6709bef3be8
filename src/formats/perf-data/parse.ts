/**
 * perf.data -> model. The way: file-header.ts or records from a pipe, features.ts, then records.ts, rounds.ts, recording.ts, sample-rows.ts.
 * The data is read in order and never held as a whole; what stands behind it (names, formats, clocks) is read first, where it stands.
 */
import {memorySource, type ByteStream} from '../../base/bytes/source.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import {unwinder} from '../../symbols/unwind/unwinder.ts';
import type {ParseInput, ParseWatch} from '../format.ts';
import {eventAttributes, LEAST_ATTR_BYTES, MOST_ATTR_BYTES, SampleField} from './attributes.ts';
import {addReading, stateClock} from './clock.ts';
import {Cursor} from './cursor.ts';

import {fileHeader, FILE_HEADER_BYTES, headerSize, isLittleEndian, PIPE_HEADER_BYTES, type FileHeader} from './file-header.ts';
import {heldWhole, PieceReader} from './piece-reader.ts';
import {Recording} from './recording.ts';

/** A file that cannot be read anywhere (in gzip, from an address) is held in memory, up to this size. */
const MAX_HELD_BYTES = 512 << 20;
/** Attrs and their ids, and one feature section, larger than which none can be. */
const MAX_TABLE_BYTES = 64 << 20;
const SECTION_BYTES = 16;

type Anywhere = NonNullable<ParseInput['anywhere']>;

/** Reads all of a perf.data; fault codes: see README.md. */
export async function parse(input: ParseInput, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const reader = new PieceReader(input);
  const magic = await reader.take(PIPE_HEADER_BYTES);
  if (magic.length < PIPE_HEADER_BYTES) return cut(build, magic.length, 'in its header');
  const little = isLittleEndian(magic);
  const recording = new Recording(build, little);
  if (headerSize(magic) === PIPE_HEADER_BYTES) {
    // What was recorded is told on the way.
    recording.unwinder = unwinder((await input.binaries?.()) ?? []);
    await records(reader, Infinity, recording, build, watch);
  } else if (input.anywhere) {
    await file(reader, magic, input.anywhere, input, recording, build, watch, little);
  } else {
    const held = await heldWhole(magic, reader, MAX_HELD_BYTES);
    if (!held) return tooLarge(build, reader.byte);
    const source = memorySource('held', held);
    const again: ByteStream = source.open();
    const inHeld = new PieceReader(again);
    await inHeld.take(PIPE_HEADER_BYTES);
    await file(inHeld, magic, {sizeBytes: held.length, readAt: source.readAt!}, input, recording, build, watch, little);
  }
  finish(recording, build);
}

async function file(reader: PieceReader, magic: Uint8Array, anywhere: Anywhere, input: ParseInput, recording: Recording, build: TraceBuilder, watch: ParseWatch, little: boolean): Promise<void> {
  const rest = await reader.take(FILE_HEADER_BYTES - PIPE_HEADER_BYTES);
  const head = new Uint8Array(FILE_HEADER_BYTES);
  head.set(magic);
  head.set(rest, magic.length);
  if (rest.length < FILE_HEADER_BYTES - PIPE_HEADER_BYTES) return cut(build, magic.length + rest.length, 'in its header');
  const header = fileHeader(head);
  if (!(await attributes(header, anywhere, recording, build, little))) return;
  const {data} = header;
  if (data.offset < FILE_HEADER_BYTES || data.offset > anywhere.sizeBytes) {
    const found = data.offset;
    if (anywhere.sizeBytes < data.offset && data.offset < Number.MAX_SAFE_INTEGER) return cut(build, anywhere.sizeBytes, 'before its data');
    return build.faults.report('fatal', 'perf-data/header', () => ({message: `Expected the data behind the header of ${FILE_HEADER_BYTES} bytes, found it at ${found}.`, at: {byte: 40}}));
  }
  await features(header, anywhere, recording, build, little);
  if (recording.events.list.some(({attributes: {sampleType}}) => (sampleType & SampleField.StackUser) !== 0)) recording.unwinder = unwinder((await input.binaries?.()) ?? []);
  await reader.skip(data.offset - reader.byte);
  const isOpen = data.sizeBytes === 0;
  if (isOpen && anywhere.sizeBytes > data.offset) {
    build.faults.report('odd', 'perf-data/not-finished', () => ({
      message: 'The header says that there is no data: perf record did not end as it should. All records that follow were read; what stands behind the data otherwise (names, build ids) is missing.',
      at: {byte: 48},
    }));
  }
  await records(reader, isOpen ? Infinity : data.sizeBytes, recording, build, watch);
  // Read to the end, so that whoever counts bytes sees them all.
  await reader.skip(Infinity);
}

/** Reads what was to be recorded; false when that is not to be had, and so nothing is. */
async function attributes({attrs, attrBytes}: FileHeader, anywhere: Anywhere, recording: Recording, build: TraceBuilder, little: boolean): Promise<boolean> {
  const fatal = (message: string, byte: number): false => {
    build.faults.report('fatal', 'perf-data/header', () => ({message, at: {byte}}));
    return false;
  };
  if (attrBytes < LEAST_ATTR_BYTES + SECTION_BYTES || attrBytes > MOST_ATTR_BYTES) return fatal(`Expected entries of 80 to ${MOST_ATTR_BYTES} bytes in the table of events, found ${attrBytes}.`, 16);
  if (attrs.sizeBytes === 0 || attrs.sizeBytes > MAX_TABLE_BYTES) return fatal(`Expected a table of events, found one of ${attrs.sizeBytes} bytes.`, 32);
  const table = await anywhere.readAt(attrs.offset, attrs.sizeBytes);
  for (let at = 0; at + attrBytes <= table.length; at += attrBytes) {
    const entry = table.subarray(at, at + attrBytes);
    const of = new Cursor(entry, little);
    of.at = attrBytes - SECTION_BYTES;
    const ids = {offset: of.size(), sizeBytes: of.size()};
    const idBytes = new Cursor(await section(ids, anywhere), little);
    const list: number[] = [];
    while (idBytes.left >= 8) list.push(idBytes.size());
    recording.events.add(eventAttributes(entry.subarray(0, attrBytes - SECTION_BYTES), little), list);
  }
  if (recording.events.list.length > 0) return true;
  cut(build, anywhere.sizeBytes, 'before its table of events');
  return false;
}

/** Reads the sections behind the data: a table of their places, one for each bit of the header. */
async function features({data, features: bits}: FileHeader, anywhere: Anywhere, recording: Recording, build: TraceBuilder, little: boolean): Promise<void> {
  const start = data.offset + data.sizeBytes;
  if (bits.length === 0 || data.sizeBytes === 0 || start > anywhere.sizeBytes) return;
  const tableBytes = await anywhere.readAt(start, bits.length * SECTION_BYTES);
  if (tableBytes.length < bits.length * SECTION_BYTES) return cut(build, anywhere.sizeBytes, 'in the table of what the header tells');
  const table = new Cursor(tableBytes, little);
  for (const bit of bits) {
    const place = {offset: table.size(), sizeBytes: table.size()};
    if (place.offset + place.sizeBytes > anywhere.sizeBytes || place.sizeBytes > MAX_TABLE_BYTES) {
      build.faults.report('skipped', 'perf-data/feature', () => ({
        message: `Expected feature ${bit} of the header within the file of ${anywhere.sizeBytes} bytes, found ${place.sizeBytes} bytes at ${place.offset}.`,
        at: {byte: Math.min(place.offset, anywhere.sizeBytes)},
      }));
    } else recording.feature(bit, await section(place, anywhere), place.offset);
  }
}

async function section({offset, sizeBytes}: {offset: number; sizeBytes: number}, anywhere: Anywhere): Promise<Uint8Array> {
  if (offset >= anywhere.sizeBytes || sizeBytes > MAX_TABLE_BYTES) return new Uint8Array(0);
  return anywhere.readAt(offset, Math.min(sizeBytes, anywhere.sizeBytes - offset));
}

/** Reads `sizeBytes` bytes of records, or to the end. */
async function records(reader: PieceReader, sizeBytes: number, recording: Recording, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const end = reader.byte + sizeBytes;
  const splitter = recording.splitter(reader.byte, sizeBytes);
  for (let piece = await reader.next(end - reader.byte); piece; piece = await reader.next(end - reader.byte)) {
    splitter.push(piece);
    watch.partial();
    await watch.breathe();
    if (reader.byte === end) break;
  }
  const {missingBytes, byte} = splitter.end();
  recording.end();
  if (missingBytes > 0) cut(build, byte, `in a record: ${missingBytes} bytes of it are missing`);
  else if (reader.byte < end && end !== Infinity) cut(build, reader.byte, `in its data: ${end - reader.byte} bytes of it are missing, and what stands behind it`);
}

function finish(recording: Recording, build: TraceBuilder): void {
  const {events, facts} = recording;
  if (events.list.length > 0) {
    stateClock(events.list.map(({attributes: of}) => of), recording.hasTimes, build);
    addReading(facts, build);
  }
  if (facts.isDirectory) {
    build.faults.report('odd', 'perf-data/directory', () => ({
      message: 'This is one part of a recording that lies in several files (perf record --threads). Make text of the whole folder with `perf script --header --ns -i FOLDER > perf.txt`.',
      at: {byte: 0},
    }));
  }
  if (facts.isSimpleperf) {
    build.faults.report('odd', 'perf-data/simpleperf', () => ({
      message: 'This was recorded by simpleperf (Android). What it shares with perf was read; records of its own are counted, and its symbols are not read.',
      at: {byte: 0},
    }));
  }
  if (build.samples.length > 0 || build.faults.broken) return;
  build.faults.report('odd', 'perf-data/no-samples', () => ({
    message: facts.hasAuxtrace ?
        'The recording holds no samples, only what the hardware traced (Intel PT, Arm CoreSight). `perf script --itrace=i100us --ns > perf.txt` makes samples of it.'
      : 'The recording holds no samples.',
    at: {byte: 0},
  }));
}

function cut(build: TraceBuilder, byte: number, where: string): void {
  build.faults.report('skipped', 'perf-data/cut', () => ({message: `The file ends ${where}.`, at: {byte}}));
}

function tooLarge(build: TraceBuilder, byte: number): void {
  build.faults.report('fatal', 'perf-data/too-large', () => ({
    message: `A perf.data that is packed, or comes from an address, must be held in memory, and this one has more than ${MAX_HELD_BYTES >> 20} MiB. Unpack it, and open the file.`,
    at: {byte},
  }));
}
