/** Inputs of the tests: perf texts written here, and the Go traces that are the fixtures of the format. */
import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

/** One sample as `perf script` prints it: the header line, then the frames from the leaf to the root, then an empty line. */
export interface TextSample {
  readonly comm?: string;
  readonly tid?: number;
  /** Seconds as perf prints them, with six or nine decimals. */
  readonly time?: string;
  readonly period?: number;
  readonly event?: string;
  /** Leaf first, each `symbol+0x1 (dso)`. */
  readonly frames?: readonly string[];
}

export const monotonicHeader = '# ========\n# captured on    : Mon Nov 23 12:00:00 2026\n# clockid frequency: 1000 MHz\n# clockid: monotonic (1)\n# ========\n#\n';

export function perfText(samples: readonly TextSample[]): string {
  return samples.map(({comm = 'app', tid = 100, time = '5.000000001', period = 250, event = 'cpu-clock', frames = []}) =>
    `${comm} ${tid} [000] ${time}: ${period} ${event}: \n${frames.map((frame, i) => `\t${(0x401000 + i).toString(16).padStart(16)} ${frame}\n`).join('')}\n`,
  ).join('');
}

/** Nanoseconds as perf prints a time. */
export function seconds(timeNs: bigint): string {
  const digits = String(timeNs).padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

/** The fixtures of the Go trace format that show `what`: `stacks` holds growth (the AllocFree experiment), `generations` several generations. */
export function goTraces(what: 'stacks' | 'generations'): string[] {
  const folder = fileURLToPath(new URL('../../src/formats/go-trace/fixtures', import.meta.url));
  return readdirSync(folder).filter((name) => name.endsWith(`${what}.trace`)).map((name) => join(folder, name));
}
