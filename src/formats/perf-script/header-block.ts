/**
 * The block of `# ` lines that `perf script --header` prints in front of the records: what was recorded, how, and on which
 * clock.
 *
 *   # hostname : vm
 *   # cmdline : /usr/bin/perf record -k CLOCK_MONOTONIC …
 *   # event : name = cpu-clock, , id = { … }, …, use_clockid = 1, …, clockid = 1
 *   # clockid: monotonic (1)
 *   # reference time: 2026-11-22 15:09:16.836237 = 1795360156.836237 (TOD) = 3030.694698070 (monotonic)
 */
import type {TraceBuilder} from '../../model/builder.ts';
import type {Clock} from '../../model/trace.ts';

/** Linux clock ids (include/uapi/linux/time.h) by the names perf prints. */
const CLOCK_NAMES: Readonly<Record<string, string>> = {'0': 'realtime', '1': 'monotonic', '4': 'monotonic_raw', '7': 'boottime', '11': 'tai'};

export class HeaderBlock {
  /** Clocks that the block names. */
  #named = new Set<string>();
  /** What the blocks of earlier captures in the file said. */
  readonly #earlier: Clock[] = [];
  /** This block has been read at all. */
  #isThere = false;
  #reference: {clock: string; timeNs: bigint; wallNs: bigint} | null = null;
  readonly #build: TraceBuilder;

  constructor(build: TraceBuilder) {
    this.#build = build;
  }

  /** Reads one line that begins with `#`. */
  line(text: string): void {
    const field = /^# ?([A-Za-z][\w ]*?)\s*: ?(.*)$/.exec(text);
    if (!field) return;
    const [, key, value] = field;
    if (key === 'cmdline' || key === 'event') this.#isThere = true;
    if (key === 'event') this.#eventAttributes(value);
    else if (key === 'clockid') this.#clockNamed(value);
    else if (key === 'reference time') this.#referenceTime(value);
    else if (key === 'perf version') this.#build.version = value.trim();
    if (key in this.#build.headers && key !== 'event') return;
    this.#build.headers[key] = value.trim();
  }

  /** Another capture begins, with a block of its own. */
  beginCapture(): void {
    this.#earlier.push(this.#own());
    this.#named = new Set();
    this.#isThere = false;
  }

  /** What the blocks say of the clock: named, perf's own when it is a header that names none, unknown without a header or where they differ. */
  clock(): Clock {
    const own = this.#own();
    return this.#earlier.every(({known, name}) => known === own.known && name === own.name) ? own : {known: 'not-stated', name: null};
  }

  /** Clocks that the blocks name; more than one means that they contradict each other. */
  get clocksNamed(): readonly string[] {
    return [...new Set([...this.#earlier.flatMap(({name}) => name ?? []), ...this.#named])];
  }

  #own(): Clock {
    if (this.#named.size === 1) return {known: 'stated', name: [...this.#named][0]};
    if (this.#named.size > 1) return {known: 'not-stated', name: null};
    return this.#isThere ? {known: 'default', name: 'perf'} : {known: 'not-stated', name: null};
  }

  /** The moment at which perf read two clocks, once the origin of the trace is known. */
  reading(originNs: bigint): void {
    const reference = this.#reference;
    if (!reference || this.clock().name !== reference.clock) return;
    this.#build.clockReadings.push({
      timeNs: Number(reference.timeNs - originNs),
      monotonicNs: reference.clock === 'monotonic' ? reference.timeNs : null,
      wallNs: reference.wallNs,
    });
  }

  #eventAttributes(value: string): void {
    if (!/\buse_clockid = 1\b/.test(value)) return;
    const id = /\bclockid = (\d+)/.exec(value)?.[1] ?? '0';
    this.#named.add(CLOCK_NAMES[id] ?? `clock ${id}`);
  }

  #clockNamed(value: string): void {
    const name = /^([a-z_]+)/.exec(value)?.[1];
    if (name) this.#named.add(name);
  }

  #referenceTime(value: string): void {
    const parts = /= (\d+)\.(\d+) \(TOD\) = (\d+)\.(\d+) \(([a-z_]+)\)/.exec(value);
    if (!parts) return;
    const [, wallSeconds, wallFraction, seconds, fraction, clock] = parts;
    this.#reference = {clock, timeNs: nanoseconds(seconds, fraction), wallNs: nanoseconds(wallSeconds, wallFraction)};
  }
}

function nanoseconds(seconds: string, fraction: string): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
}
