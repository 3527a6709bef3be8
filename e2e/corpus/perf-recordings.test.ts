/**
 * Recordings made now, of kinds that the corpus lacks, as raw perf.data and as the installed perf prints them: the same samples, to the last
 * address. Needs root and perf, and takes a while: `RECORD=1 npx vitest run --project cli e2e/corpus/perf-recordings.test.ts`.
 */
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {absoluteNs, text, type Trace} from '../../src/model/trace.ts';

const LOOP = ['sh', '-c', 'for i in $(seq 30000); do :; done'];
const FORKS = ['sh', '-c', 'for i in $(seq 30); do /bin/true; done'];

/** Arguments of perf record. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  'values of a group': ['-e', '{cpu-clock,task-clock}:S', '-g', '-F', '999', ...LOOP],
  'the whole system, idle threads too': ['-a', '-e', 'cpu-clock', '-F', '299', '-g', 'sleep', '0.3'],
  'registers, pages and weights': ['-e', 'cpu-clock', '--intr-regs', '-d', '--phys-data', '--data-page-size', '--code-page-size', '-W', '-F', '999', ...LOOP],
  'forks, switches, cgroups and namespaces': ['-e', 'cpu-clock', '-F', '999', '-g', '--switch-events', '--all-cgroups', '--namespaces', ...FORKS],
  'a buffer that is written over': ['-e', 'cpu-clock', '--overwrite', '-F', '999', '-g', ...LOOP],
  'a fixed period, ids in front': ['-e', 'cpu-clock', '-e', 'page-faults', '-c', '100000', '--no-inherit', '-R', '-T', '-P', '--sample-identifier', ...LOOP],
  'packed, through many buffers': ['-z', '-a', '-e', 'cpu-clock', '-F', '499', '-g', '-m', '16', 'sleep', '0.3'],
  'user code only, build ids in mappings': ['-e', 'cpu-clock:u', '-F', '999', '-g', '--buildid-mmap', ...LOOP],
  'tracepoints of many systems': ['-a', '-e', 'sched:*', '-e', 'irq:*', '-e', 'workqueue:*', '-e', 'signal:*', '-e', 'task:*', '-e', 'kmem:*', 'sleep', '0.1'],
  'all system calls': ['-e', 'syscalls:*', '-e', 'raw_syscalls:*', 'ls', '-la', '/'],
};

const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
const file = (name: string) => join(folder, name);
const perf = (...args: readonly string[]) => execFileSync('perf', args, {stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 30, cwd: folder}).toString('utf8');

async function traceOf(bytes: Uint8Array): Promise<Trace> {
  const opened = await openFile(memorySource('recording', bytes), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`not a capture: ${opened.is}`);
  return opened.trace;
}

/** What perf prints of each sample: its head, and the address and object file of every frame of its chain. */
function printed(name: string): string[] {
  const samples: string[] = [];
  for (const line of perf('script', '-i', name, '--ns', '--no-inline', '-F', 'comm,pid,tid,time,event,period,ip,sym,dso').split('\n')) {
    const frame = /^\t *([0-9a-f]+) .*? \((\[[^\]]*\]|[^()]*(?: \(deleted\))?)\)$/.exec(line);
    if (frame) samples[samples.length - 1] += `\n${frame[1]} ${frame[2]}`;
    const head = /^ *(.*?) +(-?\d+)\/(-?\d+) +(\d+\.\d{9}): +(\d+) +(\S.*?): *(?: [0-9a-f]+ .*)?$/.exec(line);
    if (head && !frame) samples.push([...head.slice(1, 4), head[4].replace('.', ''), ...head.slice(5, 7)].join(' | '));
  }
  return samples.toSorted();
}

/** The same of the raw recording. `withChains`: where perf prints them a line each, and so says which place of a file it was. */
function recorded(trace: Trace, withChains: boolean): string[] {
  const {samples, threads, processes, unresolved, stacks} = trace;
  const addresses = new Map(Array.from(unresolved.frame, (frame, i) => [frame, unresolved.address[i]]));
  return Array.from({length: samples.length}, (_, row) => {
    const thread = samples.thread[row];
    const time = absoluteNs(trace, samples.timeNs[row]).toString();
    const head = [text(trace, samples.comm[row]), processes.pid[threads.process[thread]], threads.tid[thread], time, samples.period[row], text(trace, trace.events.name[samples.event[row]])].join(' | ');
    let chain = '';
    for (let stack = withChains ? samples.stack[row] : -1; stack >= 0; stack = stacks.parent[stack]) {
      const frame = stacks.frame[stack];
      chain += `\n${(addresses.get(frame) ?? 0n).toString(16)} ${text(trace, trace.frames.dso[frame]) ?? '[unknown]'}`;
    }
    return head + chain;
  }).toSorted();
}

/** Time and arguments of every sample. perf names symbols of this kernel where the recording has addresses: those are left out of both. */
function argumentsOf(trace: Trace): string[] {
  const {row, key, bits, kind, text: texts, length} = trace.sampleArguments;
  const all = Array.from({length: trace.samples.length}, () => '');
  for (let i = 0; i < length; i++) {
    const value = text(trace, texts[i]);
    const isSymbol = value === null ? bits[i] >> 47n === (1n << 17n) - 1n : /\+0x[0-9a-f]+$/.test(value);
    all[row[i]] += ` ${text(trace, key[i])}=${isSymbol || text(trace, key[i]) === 'function' ? 'somewhere' : `${value?.replace(/\bfunction \S+/, 'function somewhere') ?? bits[i]} (${kind[i]})`}`;
  }
  return all.map((of, sample) => `${absoluteNs(trace, trace.samples.timeNs[sample])} ${trace.threads.tid[trace.samples.thread[sample]]}${of}`).toSorted();
}

describe.skipIf(!process.env['RECORD'])('recorded now', () => {
  beforeAll(() => {
    for (const [name, args] of Object.entries(KINDS)) perf('record', '-q', '-N', '-o', file(`${name}.data`), ...args);
    perf('inject', '-b', '-i', file('the whole system, idle threads too.data'), '-o', file('injected.data'));
  }, 300_000);

  afterAll(() => rmSync(folder, {recursive: true}));

  test.each([...Object.keys(KINDS), 'injected'])('%s: the samples are those that perf prints', async (name) => {
    const expected = printed(file(`${name}.data`));
    const trace = await traceOf(readFileSync(file(`${name}.data`)));
    expect(expected.length).toBeGreaterThan(0);
    expect(trace.faults.filter(({code}) => code !== 'perf-data/lost')).toEqual([]);
    expect(recorded(trace, expected.some((sample) => sample.includes('\n')))).toEqual(expected);
  });

  test.each(['tracepoints of many systems', 'all system calls'])('%s: the arguments are those that perf prints', async (name) => {
    writeFileSync(file('printed.txt'), perf('script', '-i', file(`${name}.data`), '--ns', '-F', 'comm,tid,time,event,trace'));
    expect(argumentsOf(await traceOf(readFileSync(file(`${name}.data`))))).toEqual(argumentsOf(await traceOf(readFileSync(file('printed.txt')))));
  });
});
