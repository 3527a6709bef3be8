/** From a file to a Trace, or to symbols: opens containers, finds what it is, reads it. The one way in, for the page and the command line. */
import {counted, type ByteSource, type ByteStream} from '../base/bytes/source.ts';
import {assert, FaultLog, type FaultGroup} from '../base/fault.ts';
import {TraceBuilder} from '../model/builder.ts';
import type {Trace} from '../model/trace.ts';
import {openSymbols} from '../symbols/open.ts';
import type {SymbolFile} from '../symbols/resolve/match.ts';
import {withReadableNames} from '../symbols/resolve/readable-trace.ts';
import type {Symbols} from '../symbols/shape.ts';
import {detect} from './detect.ts';
import type {FilePart, Format, Parser, ParseWatch, PartRead, SecondReader} from './format.ts';
import {formats} from './registry.ts';

/** What became of a file. */
export type Opened =
  | {readonly is: 'capture'; readonly trace: Trace; readonly format: Format}
  /** A binary, kallsyms or a perf map. */
  | {readonly is: 'symbols'; readonly symbols: Symbols}
  /** Nothing could be read; the first fault says why. */
  | {readonly is: 'unreadable'; readonly faults: readonly FaultGroup[]};

/** What `openFile` tells while it works. */
export interface OpenWatch {
  /** Bytes of the file read so far, as stored. */
  onBytes?(bytes: number): void;
  /** The parser has something worth showing; `snapshot` copies it, and `samples` of it alone take so many bytes. */
  onPartial?(snapshot: () => Trace, sampleBytes: number): void;
  /** To be awaited now and then; a rejection stops the work and is passed on. */
  breathe(): Promise<void>;
}

const noBinaries = () => Promise.resolve([]);

/**
 * Opens and reads one file; copied stacks in it are unwound by `binaries`, asked for where it has such, and `second` reads a part of it where that can be. Rejects for a failing read,
 * a bug of ours, or when `watch.breathe` does.
 */
export async function openFile(source: ByteSource, watch: OpenWatch, binaries: () => Promise<readonly SymbolFile[]> = noBinaries, second?: SecondReader): Promise<Opened> {
  const containerFaults = new FaultLog();
  const stream = counted(source.open(), (bytes) => watch.onBytes?.(bytes));
  const detected = await detect(stream, containerFaults);
  if (detected.is === 'unknown') {
    containerFaults.add(detected.fault);
    return {is: 'unreadable', faults: containerFaults.groups()};
  }
  const {input, isPacked} = detected;
  const {name, sizeBytes, readAt} = source;
  const isAnywhere = !isPacked && sizeBytes !== null && readAt !== undefined;
  if (detected.is === 'symbols') {
    // Of a binary only parts are read, where that can be; else what is left of the stream.
    const opened = await openSymbols(isAnywhere ? source : {name, sizeBytes: null, open: () => input});
    if (opened.ok) return {is: 'symbols', symbols: opened.value};
    containerFaults.add(opened.fault);
    return {is: 'unreadable', faults: containerFaults.groups()};
  }
  const build = new TraceBuilder(detected.format.id);
  const parser = await detected.format.load();
  const parseWatch: ParseWatch = {
    breathe: () => watch.breathe(),
    partial: () => watch.onPartial?.(() => withReadableNames(build.snapshot()), build.samples.length * build.samples.bytesPerRow),
  };
  const anywhere = isAnywhere ? {anywhere: {sizeBytes, readAt: readAt.bind(source)}} : {};
  await parser.parse({read: () => input.read(), ...anywhere, binaries, ...(second ? {second} : {})}, build, parseWatch);
  for (const group of containerFaults.groups()) for (const fault of group.first) build.faults.add(fault);
  return {is: 'capture', trace: withReadableNames(build.finish()), format: detected.format};
}

/** Reads the bytes of a part of a file, for the parser that asked for it. null: the part means nothing without what is before it. */
export async function readPart(part: FilePart, bytes: ByteStream): Promise<PartRead | null> {
  const parser: Parser | undefined = await formats.find(({id}) => id === part.format)?.load();
  assert(parser?.parsePart !== undefined, 'only who can read parts asks for one');
  const build = new TraceBuilder(part.format);
  const left = await parser.parsePart(bytes, part, build);
  return left && {trace: build.finish(), left};
}
