/** perf.data that was written by a writer of our own: whatever fields, either byte order, as a file and through a pipe. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {AddressKind, StackEnd, SwitchKind} from '../../model/tables.ts';
import {integrity} from '../../model/integrity.ts';
import {absoluteNs, text, type Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {perfDataFile, perfDataPipe, SAMPLE_BITS, wireEvent, WireRecords, wireSample, type SampleField, type WireEvent, type WireSample} from '../../testing/perf-data-wire.ts';
import {perfData} from './format.ts';

const KERNEL = -128n;
const USER = -512n;
const USER_DEFERRED = -640n;

async function read(bytes: Uint8Array): Promise<Trace> {
  const {trace} = await opened(bytes);
  expect(trace?.format).toBe(perfData.id);
  expect(integrity(trace!)).toEqual([]);
  return trace!;
}

/** Frames of a sample, leaf first: the address and the object file of each. */
function chainOf(trace: Trace, row: number): string[] {
  const {unresolved, frames, stacks} = trace;
  const chain: string[] = [];
  for (let stack = trace.samples.stack[row]; stack >= 0; stack = stacks.parent[stack]) {
    const frame = stacks.frame[stack];
    const at = unresolved.frame.indexOf(frame);
    chain.push(at < 0 ? text(trace, frames.name[frame])! : `${unresolved.address[at].toString(16)} ${text(trace, frames.dso[frame]) ?? '-'}`);
  }
  return chain;
}

const samplesOf = (trace: Trace) =>
  Array.from({length: trace.samples.length}, (_, row) => ({
    time: absoluteNs(trace, trace.samples.timeNs[row]),
    tid: trace.threads.tid[trace.samples.thread[row]],
    comm: text(trace, trace.samples.comm[row]),
    event: text(trace, trace.events.name[trace.samples.event[row]]),
    period: trace.samples.period[row],
    cpu: trace.samples.cpu[row],
    chain: chainOf(trace, row),
  }));

describe.each([true, false])('with the low byte first: %s', (little) => {
  const write = new WireRecords(little);
  const timed: WireEvent = {...wireEvent, fields: ['IP', 'TID', 'TIME', 'CPU', 'PERIOD', 'CALLCHAIN']};
  const trailer = (tid: number, time: bigint) => write.trailer(timed, tid, tid, time, 0, 0n);
  const at = (time: bigint, of: Partial<WireSample> = {}) => write.sample(timed, {...wireSample, time, ...of});

  test('samples of any fields, of one event or several, through a file and a pipe, are what was written', async () => {
    const fields = fc.subarray(Object.keys(SAMPLE_BITS) as SampleField[]).map((some): SampleField[] => [...new Set<SampleField>([...some, 'TID', 'TIME'])]);
    const word = fc.bigInt({min: 0n, max: (1n << 47n) - 1n});
    const sample = fc.record({
      tid: fc.integer({min: 1, max: 9}), time: fc.bigInt({min: 1n, max: 10n ** 12n}), cpu: fc.nat(63), period: fc.bigInt({min: 1n, max: 2n ** 52n}), ip: word, addr: word,
      chain: fc.array(word, {maxLength: 6}), raw: fc.nat(4).map((words) => new Uint8Array(words * 8 + 4).fill(7)), branches: fc.array(fc.tuple(word, word), {maxLength: 3}),
      stack: fc.nat(3).map((words) => new Uint8Array(words * 8).fill(9)), aux: fc.nat(2).map((words) => new Uint8Array(words * 8)), hasRegisters: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fields, fc.integer({min: 1, max: 3}), fc.array(sample, {maxLength: 12}), fc.constantFrom(96, 104, 112, 120, 128, 136), fc.boolean(), async (some, count, list, attrBytes, piped) => {
        const named: SampleField[] = count > 1 && !some.includes('ID') && !some.includes('IDENTIFIER') ? [...some, 'IDENTIFIER'] : some;
        const kept = named.filter((field) => field !== 'READ' && field !== 'BRANCH_STACK' || attrBytes > 96);
        const events = Array.from({length: count}, (_, i): WireEvent => ({...wireEvent, config: BigInt(i), fields: kept, ids: [BigInt(2 * i + 10), BigInt(2 * i + 11)], regsUser: 0b1_1000_0000n, attrBytes, readFormat: 4, branchSampleType: 1n << 17n, samplePeriod: 5n}));
        const written = list.map((of, i) => ({...wireSample, ...of, pid: 1, id: BigInt(10 + (i % (2 * count))), registers: of.hasRegisters ? [1n, 2n] : null, read: [[of.period, BigInt(10 + (i % (2 * count)))] as const]}));
        const last = new Map<bigint, bigint>();
        const expected = written.toSorted((a, b) => Number(a.time - b.time)).flatMap((of) => {
          const before = last.get(of.id) ?? 0n;
          if (kept.includes('READ')) last.set(of.id, of.period);
          const period = kept.includes('READ') ? Number(of.period) - Number(before) : kept.includes('PERIOD') ? Number(of.period) : 5;
          const event = ['cpu-clock', 'task-clock', 'page-faults'][count === 1 ? 0 : Math.floor((Number(of.id) - 10) / 2)];
          return period === 0 ? [] : [{time: of.time, tid: of.tid, event, period, cpu: kept.includes('CPU') ? of.cpu : -1}];
        });
        const records = written.map((of) => write.sample(events[0], of));
        const trace = await read((piped ? perfDataPipe : perfDataFile)(little, events, records));
        expect(trace.faults.filter(({code}) => code !== 'perf-data/no-samples')).toEqual([]);
        expect(samplesOf(trace).map(({time, tid, event, period, cpu}) => ({time, tid, event, period, cpu}))).toEqual(expected);
      }),
      {numRuns: 150},
    );
  });

  test('between two rounds records come in the order of time, and names and mappings hold from when they were made', async () => {
    const trace = await read(perfDataFile(little, [timed], [
      at(300n, {chain: [USER, 0x1010n]}),
      write.mmap(1, 0x1000n, 0x100n, 0x40n, '/bin/old', trailer(1, 100n)),
      write.finishedRound(),
      write.comm(1, 1, 'renamed', trailer(1, 250n)),
      write.mmap(1, 0x1000n, 0x80n, 0x0n, '/bin/new', trailer(1, 400n)),
      at(200n, {chain: [USER, 0x1010n]}),
      write.finishedRound(),
      at(500n, {chain: [USER, 0x1010n, 0x1090n, 0x9000n]}),
    ]));
    expect(trace.faults).toEqual([]);
    expect(samplesOf(trace).map(({time, comm, chain}) => [time, comm, chain])).toEqual([
      [200n, ':1', ['50 /bin/old']],
      [300n, 'renamed', ['50 /bin/old']],
      [500n, 'renamed', ['10 /bin/new', 'd0 /bin/old', '9000 -']],
    ]);
  });

  test('a child has the name and the mappings of its parent, and those of another program that it runs in their place', async () => {
    const trace = await read(perfDataFile(little, [timed], [
      write.comm(1, 1, 'shell', trailer(1, 1n)),
      write.mmap(1, 0x1000n, 0x100n, 0n, '/bin/sh', trailer(1, 2n)),
      write.fork(2, 1, 2, 1, 3n, trailer(1, 3n)),
      at(4n, {pid: 2, tid: 2, chain: [USER, 0x1010n]}),
      write.comm(2, 2, 'ls', trailer(2, 5n), true),
      at(6n, {pid: 2, tid: 2, chain: [USER, 0x1010n]}),
      write.mmap(2, 0x1000n, 0x80n, 0n, '/bin/ls', trailer(2, 6n)),
      at(7n, {pid: 2, tid: 2, chain: [USER, 0x1010n]}),
      write.fork(2, 1, 2, 1, 7n, trailer(2, 7n), 4),
      at(8n, {chain: [USER, 0x1010n]}),
    ]));
    expect(samplesOf(trace).map(({comm, chain}) => [comm, chain])).toEqual([['shell', ['10 /bin/sh']], ['ls', ['10 /bin/sh']], ['ls', ['10 /bin/ls']], ['shell', ['10 /bin/sh']]]);
    const child = trace.threads.tid.indexOf(2);
    expect([trace.threads.startNs[child], trace.threads.endNs[child]].map((time) => absoluteNs(trace, time))).toEqual([3n, 7n]);
  });

  test('kernel and user code are told apart by the markers of the chain, and modules and named code of the kernel found', async () => {
    const trace = await read(perfDataFile(little, [timed], [
      write.mmap(-1, 0xffff_ffff_8100_0000n, 0x100_0000n, 0xffff_ffff_8100_0000n, '[kernel.kallsyms]_text', trailer(0, 0n), 1),
      write.mmap(-1, 0xffff_ffff_c000_0000n, 0x1000n, 0n, '/lib/modules/6.1/kernel/fs/ext4/nf-conn.ko.xz', trailer(0, 0n), 1),
      write.record(17, 0, write.body().u64(0xffff_ffff_c100_0000n).u32(0x100).u16(1).u16(0).text('bpf_prog_1').bytes(trailer(0, 1n)).all),
      at(2n, {chain: [KERNEL, 0xffff_ffff_8100_0001n, 0xffff_ffff_c000_0fffn, 0xffff_ffff_c000_1000n, 0xffff_ffff_c100_0010n, USER, 0x7fff_ffff_f000n]}),
    ]));
    expect(chainOf(trace, 0)).toEqual(['ffffffff81000001 [kernel.kallsyms]', 'ffffffffc0000fff [nf_conn]', 'ffffffffc0001000 [kernel.kallsyms]', 'bpf_prog_1', '7ffffffff000 -']);
    expect([...new Set(trace.unresolved.kind)]).toEqual([AddressKind.InMemory]);
  });

  test('a chain with a marker that is not known is left out, and its sample kept', async () => {
    const trace = await read(perfDataFile(little, [timed], [at(1n, {chain: [USER, 0x10n, -4000n, 0x20n]})]));
    expect(samplesOf(trace).map(({chain}) => chain)).toEqual([[]]);
    expect(trace.faults.map(({code, count}) => [code, count])).toEqual([['perf-data/call-chain', 1]]);
  });

  test('a chain of user code that comes later is put under every sample that waits for it', async () => {
    const late = (tid: number, cookie: bigint, time: bigint) => write.record(22, 0, write.body().u64(cookie).u64(3n).u64(USER).u64(0xaan).u64(0xbbn).bytes(trailer(tid, time)).all);
    const trace = await read(perfDataFile(little, [timed], [
      at(1n, {chain: [KERNEL, 0xffff_ffff_8100_0001n, USER_DEFERRED, 5n]}),
      at(2n, {chain: [KERNEL, 0xffff_ffff_8100_0002n, USER_DEFERRED, 5n]}),
      at(3n, {tid: 2, chain: [KERNEL, 0xffff_ffff_8100_0003n, USER_DEFERRED, 5n]}),
      late(1, 5n, 4n),
      late(1, 6n, 5n),
    ]));
    expect(samplesOf(trace).map(({chain}) => chain.map((frame) => frame.split(' ')[0]))).toEqual([
      ['ffffffff81000001', 'aa', 'bb'], ['ffffffff81000002', 'aa', 'bb'], ['ffffffff81000003'],
    ]);
  });

  test('calls that the CPU recorded take the place of the user part of the chain', async () => {
    const event: WireEvent = {...timed, fields: [...timed.fields, 'BRANCH_STACK'], branchSampleType: 1n << 11n};
    const trace = await read(perfDataFile(little, [event], [
      write.sample(event, {...wireSample, time: 1n, chain: [KERNEL, 0xffff_ffff_8100_0001n, USER, 0x1n], branches: [[0x20n, 0x10n], [0x40n, 0x30n]]}),
      write.sample(event, {...wireSample, time: 2n, chain: [KERNEL, 0xffff_ffff_8100_0001n], branches: [[0x20n, 0x10n]]}),
    ]));
    expect(samplesOf(trace).map(({chain}) => chain.map((frame) => frame.split(' ')[0]))).toEqual([['ffffffff81000001', '10', '20', '40'], ['ffffffff81000001']]);
  });

  test('events that are read together count each by how much its value grew', async () => {
    const events: WireEvent[] = [0n, 1n].map((config) => ({...timed, config, fields: ['IDENTIFIER', 'TID', 'TIME', 'READ'], ids: [config + 1n], readFormat: 8 | 4 | 1}));
    const reading = (time: bigint, first: bigint, second: bigint) => write.sample(events[0], {...wireSample, id: 1n, time, read: [[first, 1n], [second, 2n]]});
    const trace = await read(perfDataFile(little, events, [reading(1n, 10n, 100n), reading(2n, 30n, 100n), reading(3n, 31n, 150n)]));
    expect(samplesOf(trace).map(({event, period}) => [event, period])).toEqual([['cpu-clock', 10], ['task-clock', 100], ['cpu-clock', 20], ['cpu-clock', 1], ['task-clock', 50]]);
  });

  test('switches tell who came and went where, and lost samples how many of what', async () => {
    const records = [
      write.record(14, 0, trailer(7, 10n)),
      write.record(14, 1 << 13, trailer(7, 20n)),
      write.record(15, (1 << 13) | (1 << 14), write.body().u32(1).u32(1).bytes(trailer(7, 30n)).all),
      write.record(2, 0, write.body().u64(0n).u64(12n).bytes(trailer(7, 40n)).all),
      write.record(13, 0, write.body().u64(3n).bytes(trailer(7, 50n)).all),
      at(60n),
    ];
    const trace = await read(perfDataFile(little, [timed], records));
    expect([...trace.switches.kind]).toEqual([SwitchKind.In, SwitchKind.Out, SwitchKind.Preempted]);
    expect([...trace.losses.count]).toEqual([12, 3]);
    expect(trace.faults.map(({code, count}) => [code, count])).toEqual([['perf-data/lost', 2]]);
  });

  test('registers are kept, and a copied stack is unwound under the frames of the kernel', async () => {
    const [fp, sp, ip, g] = [6n, 7n, 8n, 22n];
    const event: WireEvent = {...timed, fields: [...timed.fields, 'REGS_USER', 'STACK_USER'], regsUser: (1n << fp) | (1n << sp) | (1n << ip) | (1n << g)};
    const arch = write.body().u32(8).text('x86_64').all;
    const sampleWith = (stack: Uint8Array) =>
      write.sample(event, {...wireSample, time: 1n, chain: [KERNEL, 0xffff_ffff_8100_0001n], registers: [0x7008n, 0x7000n, 0x1010n, 0xc000n], stack});
    const pair = write.body().u64(5n).u64(0n).u64(0x1020n).all;
    const trace = await read(perfDataFile(little, [event], [write.mmap(1, 0x1000n, 0x100n, 0x40n, '/bin/app', trailer(1, 0n)), sampleWith(pair), sampleWith(pair.slice(0, 8))], {6: arch}));
    expect([trace.registers.stackPointer[0], trace.registers.g[0]]).toEqual([0x7000n, 0xc000n]);
    expect(chainOf(trace, 0)).toEqual(['ffffffff81000001 [kernel.kallsyms]', '50 /bin/app', '60 /bin/app']);
    expect(chainOf(trace, 1)).toEqual(['ffffffff81000001 [kernel.kallsyms]', '50 /bin/app']);
    expect([...(trace.sampleStackEnd ?? [])]).toEqual([StackEnd.Unknown, StackEnd.EndOfDump]);
    expect(trace.faults.map(({code, first}) => [code, first[0].message])).toEqual([['perf-data/end-of-dump', expect.stringContaining('of 8 bytes')]]);
  });

  test('where no stack is copied, nothing is said of how chains end', async () => {
    expect((await read(perfDataFile(little, [timed], [at(1n)]))).sampleStackEnd).toBeNull();
  });

  test('the header names events, the clock, the machine and build ids', async () => {
    const events: WireEvent[] = [{...timed, clockId: 1, ids: [5n]}];
    const id = Uint8Array.from({length: 20}, (_, i) => i);
    const trace = await read(perfDataFile(little, events, [at(3_000_000_007n)], {
      2: write.body().u32(0).u16(2).u16(36 + 12).u32(1).bytes(id).u32(0).text('/bin/app').fill(8).all,
      5: write.body().u32(8).text('6.1.9').all,
      7: write.body().u32(8).u32(4).all,
      11: write.body().u32(2).u32(8).text('perf').u32(8).text('record').all,
      12: write.body().u32(1).u32(136).bytes(write.attr(events[0])).u32(1).u32(8).text('mine').u64(5n).all,
      29: write.body().u32(1).u32(1).u64(1_700_000_000_000_000_000n).u64(3_000_000_000n).all,
    }));
    expect([trace.version, trace.clock, trace.headers['cmdline'], trace.headers['nrcpus online']]).toEqual(['6.1.9', {known: 'stated', name: 'monotonic'}, 'perf record', '4']);
    expect(samplesOf(trace)[0].event).toBe('mine');
    expect(trace.clockReadings).toEqual([{timeNs: 0, monotonicNs: 3_000_000_000n, wallNs: 1_700_000_000_000_000_000n}]);
    expect([text(trace, trace.buildIds.dso[0]), text(trace, trace.buildIds.buildId[0])]).toEqual(['/bin/app', '000102030405060708090a0b0c0d0e0f10111213']);
  });
});

test('features of a machine of 32 bits with the high byte first are found', async () => {
  const write = new WireRecords(false);
  const file = perfDataFile(false, [wireEvent], [write.sample(wireEvent, {...wireSample, time: 1n})], {3: write.body().u32(8).text('host').all, 6: write.body().u32(4).text('ppc').all});
  const view = new DataView(file.buffer);
  for (let at = 72; at < 104; at += 8) view.setBigUint64(at, (view.getBigUint64(at) << 32n) | (view.getBigUint64(at) >> 32n));
  expect((await read(file)).headers).toEqual({hostname: 'host', arch: 'ppc'});
});

test('a recording of hardware traces alone says how samples are made of them, and what it passed over', async () => {
  const write = new WireRecords(true);
  const area = write.record(71, 0, write.body().u64(5000n).u64(0n).u64(0n).u32(0).u32(1).u32(0).u32(0).all);
  const trace = await read(perfDataPipe(true, [wireEvent], [write.record(70, 0, write.body().u32(1).u32(0).all), area, new Uint8Array(5000).fill(0xff), area, new Uint8Array(5000)]));
  expect(trace.notKept).toEqual([{what: 'PERF_RECORD_AUXTRACE', count: 2}]);
  expect(trace.faults.map(({code, first}) => [code, first[0].message.includes('--itrace')])).toEqual([['perf-data/no-samples', true]]);
});

test('branches that are no calls are counted', async () => {
  const event: WireEvent = {...wireEvent, fields: ['IP', 'TID', 'TIME', 'BRANCH_STACK']};
  const trace = await read(perfDataFile(true, [event], [new WireRecords(true).sample(event, {...wireSample, time: 1n, branches: [[1n, 2n]]})]));
  expect(trace.notKept).toEqual([{what: 'PERF_SAMPLE_BRANCH_STACK', count: 1}]);
});

test('times without a clock stay where they are: an event that records none has none', async () => {
  const event: WireEvent = {...wireEvent, fields: ['IP', 'TID', 'PERIOD']};
  const trace = await read(perfDataFile(true, [event], [new WireRecords(true).sample(event, wireSample)]));
  expect([trace.samples.timeNs[0], trace.clock.known, trace.startNs]).toEqual([NaN, 'none', NaN]);
});

test('times of any size are exact', async () => {
  const write = new WireRecords(true);
  const times = [1_799_999_999_999_999_999n, 1_800_000_000_000_000_001n];
  const trace = await read(perfDataFile(true, [wireEvent], times.map((time) => write.sample(wireEvent, {...wireSample, time}))));
  expect(samplesOf(trace).map(({time}) => time)).toEqual(times);
});
