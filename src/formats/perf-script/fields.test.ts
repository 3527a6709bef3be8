/** Any set of `-F` fields: what perf prints of samples reads back as these samples, as far as it was printed. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {absoluteNs, text, type Trace} from '../../model/trace.ts';
import {bytesOf, parsedAs} from '../../testing/bytes.ts';
import {perfScriptText, type PerfField, type PerfFrame, type PerfSample, type PerfStyle} from '../../testing/perf-script-text.ts';
import {perfScript} from './format.ts';

/** What a trace says of its samples. */
function samplesOf(trace: Trace) {
  const {samples, threads, processes, stacks, frames, unresolved, sampleArguments, registers} = trace;
  const addresses = new Map(Array.from(unresolved.frame, (frame, i) => [frame, unresolved.address[i]]));
  return Array.from({length: samples.length}, (_, row) => {
    const list: unknown[] = [];
    for (let at = samples.stack[row]; at >= 0; at = stacks.parent[at]) {
      const frame = stacks.frame[at];
      list.push({
        symbol: text(trace, frames.name[frame]), address: addresses.get(frame) ?? null, dso: text(trace, frames.dso[frame]),
        place: frames.file[frame] < 0 ? null : `${text(trace, frames.file[frame])}:${frames.line[frame]}`, inlined: frames.inlined[frame] === 1,
      });
    }
    const found = Array.from({length: sampleArguments.length}, (__, i) => i).filter((i) => sampleArguments.row[i] === row);
    const thread = samples.thread[row];
    const register = registers.sample.indexOf(row);
    return {
      comm: text(trace, samples.comm[row]),
      pid: thread < 0 ? -1 : processes.pid[threads.process[thread]],
      tid: thread < 0 ? -1 : threads.tid[thread],
      cpu: samples.cpu[row],
      timeNs: Number.isNaN(samples.timeNs[row]) ? null : absoluteNs(trace, samples.timeNs[row]),
      period: samples.period[row],
      event: text(trace, trace.events.name[samples.event[row]])!,
      arguments: found.map((i) => `${text(trace, sampleArguments.key[i])}=${text(trace, sampleArguments.text[i]) ?? sampleArguments.bits[i].toString(16)}`),
      frames: list,
      registers: register < 0 ? null : [registers.stackPointer[register], registers.g[register]],
    };
  });
}

/** What the text can tell of the samples. */
function told(sample: PerfSample, {fields, chains, ns, latency}: PerfStyle): ReturnType<typeof samplesOf>[number] {
  const has = (field: PerfField) => fields.has(field);
  const comm = (latency ? sample.comm.slice(0, 8) : sample.comm).trim();
  const frame = ({address, symbol, dso, fileOffset, place, inlined}: PerfFrame) => {
    const isNamed = symbol !== null && has('sym');
    return {
      symbol: isNamed ? symbol : null,
      address: isNamed ? null : has('dsoff') ? fileOffset : address,
      dso: has('dso') && !(isNamed && inlined) ? dso : null,
      place: isNamed && has('srcline') && /\.\w+:\d+$/.test(place) ? place : null,
      inlined: isNamed && inlined,
    };
  };
  return {
    comm: has('comm') ? comm : null,
    pid: has('pid') && has('tid') ? sample.pid : -1,
    tid: has('tid') ? sample.tid : -1,
    cpu: has('cpu') ? sample.cpu : -1,
    timeNs: has('time') ? (ns ? sample.timeNs : sample.timeNs - (sample.timeNs % 1000n)) : null,
    period: has('period') ? sample.period : Number.NaN,
    event: has('event') ? sample.event : '',
    arguments: [
      ...(has('guest') ? ['machine_pid=10e1', 'vcpu=2'] : []),
      ...(has('flags') && sample.flags !== '' ? [`flags=${sample.flags}`] : []),
      ...(has('trace') && sample.trace !== '' ? ['__probe_ip=4490a0', 'gp=c00009e4e0'] : []),
      ...(has('addr') ? [`addr=${sample.addr.toString(16)}`] : []),
    ],
    frames: has('ip') ? (chains ? sample.frames : sample.frames.slice(0, 1)).map(frame) : [],
    registers: has('uregs') ? [...sample.registers] : null,
  };
}

const plainComm = fc.constantFrom('app', 'a b', 'x:y', 'GC Worker', '程序', 'a/b', 'k(1)');
const anyComm = fc.oneof(
  fc.string({unit: fc.constantFrom('a', 'b', ' ', '1', '/', '.', ':', '[', ']', '(', ')', '程'), minLength: 1, maxLength: 13}),
  fc.constantFrom('x:y 12345', '(paren) 9/9', 'cpu-clock:', 'a 1.5: b', '[001] U', '7/8 [000] K', ':-1'),
).map((name) => name.trim()).filter((name) => name !== '' && bytesOf(name).length <= 15);
const symbol = fc.constantFrom('main.run', 'main.Grow[go.shape.struct { A int; B string }_0]', '(anonymous namespace)::f', 'std::map<int, char>::operator[]', 'operator->*', '_start', 'f;g');
const frame: fc.Arbitrary<PerfFrame> = fc.record({
  address: fc.oneof(fc.bigInt({min: 0x1000n, max: 0xffff_ffffn}), fc.bigInt({min: 0xffff_ffff_8000_0000n, max: 0xffff_ffff_ffff_ffffn})),
  symbol: fc.oneof({weight: 6, arbitrary: symbol}, {weight: 1, arbitrary: fc.constant(null)}),
  offset: fc.nat(0xffff),
  dso: fc.constantFrom('/srv/app/app', '[kernel.kallsyms]', '/opt/od d (name).so x', '/srv/app/app (deleted)'),
  fileOffset: fc.bigInt({min: 0n, max: 0xffff_ffffn}),
  place: fc.constantFrom('run.go:12', '/srv/app/my run.go:7', 'app[401000]', 'main.run+18'),
  inlined: fc.boolean(),
});
const SECOND = 1_000_000_000n;
const sample = (comm: fc.Arbitrary<string>): fc.Arbitrary<PerfSample> => fc.record({
  comm,
  pid: fc.integer({min: 1, max: 4_194_304}),
  tid: fc.integer({min: 1, max: 4_194_304}),
  cpu: fc.integer({min: 0, max: 99}),
  timeNs: fc.bigInt({min: 100n * SECOND, max: 30_000n * SECOND}),
  period: fc.nat(3_000_000),
  event: fc.constantFrom('cycles', 'cpu-clock:ppp', 'cpu-clock/freq=997/', 'probe_app:copystack'),
  flags: fc.constantFrom('', 'call', 'tr strt', 'return'),
  trace: fc.constant(''),
  addr: fc.bigInt({min: 0x1000n, max: 0x7fff_ffff_ffffn}),
  frames: fc.array(frame, {minLength: 1, maxLength: 5}),
  registers: fc.tuple(fc.bigInt({min: 1n, max: 0x7fff_ffff_ffffn}), fc.bigInt({min: 1n, max: 0xff_ffff_ffffn})),
});

const optional: readonly PerfField[] = ['guest', 'comm', 'pid', 'tid', 'cpu', 'misc', 'tod', 'time', 'period', 'event', 'flags', 'trace', 'addr', 'ip', 'sym', 'symoff', 'dso', 'dsoff', 'srcline', 'uregs', 'brstack', 'insn', 'page'];

/** The fields that perf would take together: no symbol without an address, no offset without what it is of. */
function possible(chosen: readonly PerfField[], chains: boolean): Set<PerfField> {
  const fields = new Set(chosen);
  const needs = (field: PerfField, other: PerfField) => {
    if (fields.has(field)) fields.add(other);
  };
  needs('symoff', 'sym');
  needs('dsoff', 'dso');
  for (const field of ['sym', 'dso', 'srcline'] as const) needs(field, 'ip');
  // A process alone is told from a thread by the whole text: elsewhere. Misc alone could be a comm; a guest or a time of day is not looked for without a time.
  needs('pid', 'tid');
  needs('misc', 'tid');
  needs('guest', 'time');
  needs('tod', 'time');
  if (chains) fields.add('ip');
  else {
    // On one line a location is only known from other text by what perf prints by itself.
    for (const field of ['tid', 'event'] as const) fields.add(field);
    if (fields.has('ip')) for (const field of ['sym', 'symoff', 'dso'] as const) fields.add(field);
    fields.delete('srcline');
    if (!fields.has('ip')) fields.add('time');
    else fields.delete('trace');
  }
  for (const field of ['flags', 'trace', 'addr'] as const) if (fields.has(field)) for (const other of chains || field !== 'trace' ? (['tid', 'event', 'sym', 'symoff', 'ip', 'dso'] as const) : []) fields.add(other);
  if (fields.has('trace')) fields.delete('addr');
  // A size at the end of a text may be part of it.
  if (fields.has('trace') && !chains) fields.delete('page');
  return fields;
}

const text1 = fc.record({
  chosen: fc.subarray([...optional]), chains: fc.boolean(), ns: fc.boolean(), latency: fc.boolean(), wide: fc.boolean(), newline: fc.constantFrom('\n', '\r\n'),
}).chain(({chosen, ...rest}) => {
  const fields = possible(chosen, rest.chains);
  // A comm that looks like what follows it is only known where perf prints what it prints by itself.
  const usual = fields.has('tid') && fields.has('time') && fields.has('event');
  const style: PerfStyle = {...rest, latency: rest.latency && fields.has('tid') && fields.has('cpu'), fields};
  const comm = usual && !style.latency ? anyComm : plainComm;
  return fc.record({style: fc.constant(style), list: fc.array(sample(comm), {minLength: 1, maxLength: 6}), pieceBytes: fc.integer({min: 1, max: 400})});
});

/** Faults that say what was not asked for. */
const NOT_PRINTED = /perf-script\/(?:no-\w+|registers|cut)$/;

test('a text of any fields reads back as the samples it was printed from, and says which fields it lacks', async () => {
  await fc.assert(fc.asyncProperty(text1, async ({style, list, pieceBytes}) => {
    const {fields} = style;
    // One number for several comms would be that of a process.
    const samples = list.map((each, i) => ({...each, tid: fields.has('pid') ? each.tid : 1000 + i, trace: fields.has('trace') && i % 2 ? '(4490a0) gp=0xc00009e4e0' : ''}));
    const printed = perfScriptText(samples, style);
    const trace = await parsedAs(perfScript, printed, pieceBytes);
    expect(samplesOf(trace), printed).toEqual(samples.map((each) => told(each, style)));
    expect(trace.faults.map(({code}) => code).filter((code) => !NOT_PRINTED.test(code)), printed).toEqual([]);
    const says = (code: string) => trace.faults.some((group) => group.code === `perf-script/${code}`);
    expect([says('no-time'), says('no-event'), says('no-thread')], printed).toEqual([!fields.has('time'), !fields.has('event'), !fields.has('tid')]);
    expect(integrity(trace)).toEqual([]);
  }), {numRuns: 500});
});
