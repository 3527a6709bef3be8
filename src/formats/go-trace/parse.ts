/** Go execution trace -> model. The way: batches.ts, generation.ts, cursor.ts, order.ts (in read-events.ts), then model.ts. */
import type {ByteStream} from '../../base/bytes/source.ts';
import type {TraceBuilder} from '../../model/builder.ts';
import type {ParseWatch} from '../format.ts';
import {ModelWriter} from './model.ts';
import {readEvents} from './read-events.ts';

export {transcript} from './transcript.ts';

/** Versions whose format was checked on real traces; later ones are read as far as they are alike. */
const KNOWN_VERSIONS = [22, 23, 25, 26];

/** Linux and most others count in units of 64 ns of nanotime, which on Linux is CLOCK_MONOTONIC. Windows does not. */
const MONOTONIC_NS_PER_TICK = 64;

/** Reads a whole trace; keeps everything around what is damaged, and what came before a cut. Fault codes: see README.md. */
export async function parse(input: ByteStream, build: TraceBuilder, watch: ParseWatch): Promise<void> {
  const writer = new ModelWriter(build);
  let originNs = 0;
  await readEvents(input, false, {
    start: (version, origin) => {
      originNs = origin;
      build.originNs = BigInt(origin);
      build.version = `go 1.${version}`;
      build.clock = {known: 'stated', name: 'monotonic'};
      if (KNOWN_VERSIONS.includes(version)) return;
      build.faults.report('odd', 'go-trace/version', () => ({message: `Version go 1.${version} is not known; it is read as go 1.26.`, at: {byte: 0}}));
    },
    generation: (generation) => {
      if (generation.nsPerTick !== MONOTONIC_NS_PER_TICK) build.clock = {known: 'not-stated', name: null};
      build.resolutionNs = Math.max(1, Math.round(generation.nsPerTick));
      writer.generation(generation, originNs);
    },
    event: (event) => writer.event(event),
    problem: ({severity, code, message, byte, excerpt}) =>
      build.faults.report(severity, code, () => ({message: `${message}.`, at: {byte}, ...(excerpt === undefined ? {} : {excerpt})})),
    breathe: () => {
      watch.partial();
      return watch.breathe();
    },
  });
}
