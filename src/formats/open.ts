/** From a file to a Trace: opens containers, finds the format, runs its parser. The one way in, for the page and the command line. */
import {counted, type ByteSource} from '../base/bytes/source.ts';
import {FaultLog, type FaultGroup} from '../base/fault.ts';
import {TraceBuilder} from '../model/builder.ts';
import type {Trace} from '../model/trace.ts';
import {detect} from './detect.ts';
import type {Format, ParseWatch} from './format.ts';

/** What became of a file. */
export type Opened =
  | {readonly trace: Trace; readonly format: Format}
  /** Nothing could be read; the first fault says why. */
  | {readonly trace: null; readonly faults: readonly FaultGroup[]};

/** What `openTrace` tells while it works. */
export interface OpenWatch {
  /** Bytes of the file read so far, as stored. */
  onBytes?(bytes: number): void;
  /** The parser has something worth showing; `snapshot` copies it. */
  onPartial?(snapshot: () => Trace): void;
  /** To be awaited now and then; a rejection stops the work and is passed on. */
  breathe(): Promise<void>;
}

/** Opens and reads one file. Rejects for a failing read, a bug of ours, or when `watch.breathe` does. */
export async function openTrace(source: ByteSource, watch: OpenWatch): Promise<Opened> {
  const containerFaults = new FaultLog();
  const stream = counted(source.open(), (bytes) => watch.onBytes?.(bytes));
  const detected = await detect(stream, containerFaults);
  if (!detected.format) {
    containerFaults.add(detected.fault);
    return {trace: null, faults: containerFaults.groups()};
  }
  const build = new TraceBuilder(detected.format.id);
  const parser = await detected.format.load();
  const parseWatch: ParseWatch = {
    breathe: () => watch.breathe(),
    partial: () => watch.onPartial?.(() => build.snapshot()),
  };
  const {input, isPacked} = detected;
  const {sizeBytes, readAt} = source;
  const anywhere = isPacked || sizeBytes === null || !readAt ? {} : {anywhere: {sizeBytes, readAt: readAt.bind(source)}};
  await parser.parse({read: () => input.read(), ...anywhere}, build, parseWatch);
  for (const group of containerFaults.groups()) for (const fault of group.first) build.faults.add(fault);
  return {trace: build.finish(), format: detected.format};
}
