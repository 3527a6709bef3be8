/** The recordings of examples/ as tests use them, and what the command line says of them: the oracle of what the page must show. */
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {gunzipSync} from 'node:zlib';

const ROOT = join(import.meta.dirname, '../..');

/** Path of a capture of an example. */
export function capture(example: string, file: 'perf.txt.gz' | 'trace.out.gz'): string {
  return join(ROOT, 'examples', example, 'captures', file);
}

/** Both captures of an example. */
export function captures(example: string): string[] {
  return [capture(example, 'perf.txt.gz'), capture(example, 'trace.out.gz')];
}

/** Files of the corpus of real captures beside the checkout, the trace last; null where it is not there. */
export function corpusCaptures(...paths: string[]): string[] | null {
  const corpus = join(ROOT, '../shared/corpus');
  return existsSync(corpus) ? paths.map((path) => join(corpus, path)) : null;
}

/** The perf text of an example without its header: its clock is not stated. */
export function headlessPerfText(example: string): Buffer {
  const text = gunzipSync(readFileSync(capture(example, 'perf.txt.gz'))).toString('utf8');
  return Buffer.from(text.split('\n').filter((line) => !line.startsWith('#')).join('\n'));
}

/** What a command prints. */
export function morestackText(...args: string[]): string {
  return execFileSync(process.execPath, [join(ROOT, 'dist-cli/morestack.js'), ...args], {maxBuffer: 1 << 28, encoding: 'utf8'});
}

/** Lines that a command prints, as JSON values. Numbers beyond 2^53 lose their last digits. */
export function morestackLines<T>(...args: string[]): T[] {
  return morestackText(...args)
    .split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

export interface GrowthLine {
  readonly timeNs: number;
  readonly kind: 'growth' | 'shrink' | 'preemption' | 'overflow';
  readonly source: 'trace' | 'sample';
  readonly goroutine: number | null;
  readonly oldBytes: number | null;
  readonly newBytes: number | null;
  readonly durationNs: number | null;
  readonly startFunction: string | null;
}

export interface SampleLine {
  readonly timeNs: number;
  readonly event: string;
  readonly weight: number;
  readonly stack: readonly string[] | null;
}

export interface Inspection {
  readonly name: string;
  readonly startNs: number;
  readonly endNs: number;
  readonly samples: Readonly<Record<string, number>>;
  readonly growths: number | null;
}

export function inspections(...files: string[]): Inspection[] {
  return JSON.parse(execFileSync(process.execPath, [join(ROOT, 'dist-cli/morestack.js'), 'inspect', '--json', ...files], {encoding: 'utf8'})) as Inspection[];
}

/**
 * The perf text of an example as `perf record -a` would have it: every third sample is there once more, of a database with two threads.
 * `hasPids`: pids are printed, as with `perf script -F +pid`.
 */
export function systemWidePerfText(example: string, hasPids: boolean): Buffer {
  const [header, ...records] = gunzipSync(readFileSync(capture(example, 'perf.txt.gz'))).toString('utf8').split(new RegExp(`^(?=${example} +\\d+ )`, 'm'));
  const first = new RegExp(`^${example} +(\\d+) `);
  const pid = first.exec(records[0])?.[1] ?? '';
  const ofProgram = records.map((record) => record.replace(first, hasPids ? `${example} ${pid}/$1 ` : `${example} $1 `));
  const ofDatabase = records.map((record, i) => (i % 3 === 0 ? record.replace(first, `postgres ${hasPids ? '4000000/' : ''}${4_000_000 + (i % 2)} `) : ''));
  return Buffer.from([header, ...ofProgram.map((record, i) => record + ofDatabase[i])].join(''));
}

export interface GoroutineLine {
  readonly id: number;
  readonly startFunction: string | null;
  readonly startNs: number | null;
  readonly runningNs: number;
  readonly runnableNs: number;
  readonly waitingNs: number;
  readonly syscallNs: number;
  readonly growths: number;
  readonly shrinks: number;
  readonly samples: Readonly<Record<string, number>>;
}

export function goroutineLines(...args: string[]): GoroutineLine[] {
  return morestackLines<GoroutineLine>('goroutines', ...args);
}
