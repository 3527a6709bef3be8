/** Traces with the names that dropped files know: which file serves which addresses, what becomes of stacks, what is told of the rest. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {integrity} from '../../model/integrity.ts';
import {AddressKind} from '../../model/tables.ts';
import {text, type Trace} from '../../model/trace.ts';
import {bytesOf} from '../../testing/bytes.ts';
import {elfBytes} from '../../testing/elf-wire.ts';
import {openSymbols} from '../open.ts';
import {resolved, type DsoAccount, type SymbolFile} from './resolved.ts';

async function file(name: string, content: string | Uint8Array): Promise<SymbolFile> {
  const result = await openSymbols(memorySource(name, bytesOf(content)));
  if (!result.ok) throw new Error(result.fault.message);
  return {name, symbols: result.value};
}

/** A frame: a name, or an address in a file. */
type Drawn = string | {readonly at: number | bigint; readonly in: string; readonly kind?: AddressKind};

/** A trace of these stacks, root first, each one sample; `pids` one a sample. */
function traceOf(stacks: readonly (readonly Drawn[])[], buildIds: Readonly<Record<string, string>> = {}, pids: readonly number[] = [], mappings: readonly [string, number, number, number][] = []): Trace {
  const build = new TraceBuilder('drawn');
  const event = build.event(build.string('cycles'));
  stacks.forEach((frames, i) => {
    let stack = -1;
    for (const frame of frames) {
      const row = typeof frame === 'string'
        ? build.frame(build.string(frame), frame.startsWith('sys_') ? build.string('[kernel.kallsyms]') : -1, -1, -1)
        : build.unresolvedFrame(BigInt(frame.at), frame.in === '' ? -1 : build.string(frame.in), frame.kind);
      stack = build.stack(stack, row);
    }
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(pids[i] ?? 1, pids[i] ?? 1);
    rows.comm[row] = rows.cpu[row] = -1;
    rows.event[row] = event;
    rows.stack[row] = stack;
  });
  for (const [dso, id] of Object.entries(buildIds)) {
    const row = build.buildIds.add();
    build.buildIds.rows.dso[row] = build.string(dso);
    build.buildIds.rows.buildId[row] = build.string(id);
  }
  for (const [dso, start, size, offset] of mappings) {
    const row = build.mappings.add();
    build.mappings.rows.process[row] = build.process(1);
    build.mappings.rows.dso[row] = build.string(dso);
    build.mappings.rows.startAddress[row] = BigInt(start);
    build.mappings.rows.sizeBytes[row] = BigInt(size);
    build.mappings.rows.fileOffset[row] = BigInt(offset);
  }
  return build.finish();
}

/** The stacks of the samples, root first; `?` a frame without a name, `~` one that was inlined into the one before it. */
function stacksOf(trace: Trace): string[] {
  expect(integrity(trace)).toEqual([]);
  return Array.from(trace.samples.stack, (leaf) => {
    const names: string[] = [];
    for (let stack = leaf; stack >= 0; stack = trace.stacks.parent[stack]) {
      const frame = trace.stacks.frame[stack];
      names.unshift(`${text(trace, trace.frames.name[frame]) ?? '?'}${trace.frames.inlined[frame] ? '~' : ''}`);
    }
    return names.join(' ');
  });
}

const ID = 'aa00000000000000000000000000000000000001';
const APP = '/usr/bin/app';
/** main 0x401000, with a call that ends at +5; work 0x401010; both in the file at 0x1000. */
const CODE = [0xe8, 0x0b, 0, 0, 0, 0xc3, ...Array.from({length: 10}, () => 0x90), 0x90, 0xc3];
const app = (more: Parameters<typeof elfBytes>[0] = {}) => elfBytes({
  code: CODE, symbols: [{name: 'main', address: 0x401000, sizeBytes: 16}, {name: 'work', address: 0x401010, sizeBytes: 2}], ...more,
});
const at = (address: number | bigint, kind: AddressKind = AddressKind.AsPrinted, dso = APP) => ({at: address, in: dso, kind});

describe('how addresses are read', () => {
  test.each([
    ['offsets into the file', [at(0x1005), at(0x1010)]],
    ['the file’s own addresses', [at(0x401005), at(0x401010)]],
    ['offsets, and known to be', [at(0x1005, AddressKind.FileOffset), at(0x1010, AddressKind.FileOffset)]],
  ])('%s', async (_, stack) => {
    const {trace, dsos} = resolved(traceOf([stack]), [await file('app', app())]);
    expect(stacksOf(trace)).toEqual(['main work']);
    expect(dsos).toEqual([{
      dso: APP, wanted: 'binary', buildId: null, frames: 2, samples: 1, framesLeft: 0, samplesLeft: 0, state: {is: 'matched', by: 'name', files: ['app']},
    } satisfies DsoAccount]);
  });

  test('as in memory, by the mappings of the capture', async () => {
    const trace = traceOf([[at(0x55550005), at(0x55550010)]], {}, [], [[APP, 0x55550000, 0x1000, 0x1000]]);
    expect(stacksOf(resolved(trace, [await file('app', app({type: 3}))]).trace)).toEqual(['main work']);
  });

  test('as in memory, by where calls are, when nothing else tells', async () => {
    const calls = [0, 0x31, 0x77, 0x123, 0x1f1, 0x300];
    const code = Array.from({length: 0x3000}, () => 0x90);
    for (const call of calls) [0xe8, 0, 0, 0, 0].forEach((byte, i) => (code[call + i] = byte));
    const binary = await file('app', app({type: 3, address: 0x1000, code, symbols: calls.map((call) => ({name: `f${call}`, address: 0x1000 + call, sizeBytes: 8}))}));
    const stacks = calls.map((call) => [at(0x7f0000041000 + call + 5), at(0x7f0000041000 + 0x31)]);
    expect(stacksOf(resolved(traceOf(stacks), [binary]).trace)).toEqual(calls.map((call) => `f${call} f49`));
  });
});

test('a caller is where its call is, the leaf where it stands, and so is what a kernel was entered from', async () => {
  // The call of `last` ends with the function: its return address is the next function's first.
  const code = [0xe8, 0, 0, 0, 0, 0xc3];
  const binary = await file('app', elfBytes({code, symbols: [{name: 'last', address: 0x401000, sizeBytes: 5}, {name: 'next', address: 0x401005, sizeBytes: 1}]}));
  const trace = traceOf([[at(0x1005), 'inner'], [at(0x1005)], [at(0x1005), 'sys_read']]);
  expect(stacksOf(resolved(trace, [binary]).trace)).toEqual(['last inner', 'next', 'next sys_read']);
});

test('the trace given stays as it was, and comes back itself where nothing is named', async () => {
  const trace = traceOf([[at(0x1005), at(0x1010)], ['main']]);
  const before = stacksOf(trace);
  resolved(trace, [await file('app', app())]);
  expect(stacksOf(trace)).toEqual(before);
  expect(resolved(trace, []).trace).toBe(trace);
});

test('frames that get one name and line become one, and equal one that was named', async () => {
  const {trace} = resolved(traceOf([[at(0x1005), at(0x1010)], [at(0x1005), at(0x1011)]]), [await file('app', app())]);
  expect(trace.samples.stack[0]).toBe(trace.samples.stack[1]);
  expect(trace.frames.length).toBe(2);
  expect(trace.unresolved.length).toBe(0);
});

describe('which file serves', () => {
  test('the one of the recorded build id, whatever its name; filled up with zeros or not', async () => {
    const trace = traceOf([[at(0x1005), at(0x1010)]], {[APP]: `${ID.slice(0, 32)}00000000`});
    const {dsos} = resolved(trace, [await file('app', app({buildId: ID.replace(/1$/, '2')})), await file('other', app({buildId: ID.slice(0, 32)}))]);
    expect(dsos[0].state).toEqual({is: 'matched', by: 'build-id', files: ['other']});
  });

  test('one of the right name and another build id is refused, with both', async () => {
    const trace = traceOf([[at(0x1005)]], {[APP]: ID});
    const other = ID.replace(/1$/, '2');
    const result = resolved(trace, [await file('app', app({buildId: other}))]);
    expect(result.trace).toBe(trace);
    expect(result.dsos[0].state).toEqual({is: 'refused', file: 'app', wanted: ID, found: other});
    expect(resolved(trace, [await file('app', app())]).dsos[0].state).toEqual({is: 'refused', file: 'app', wanted: ID, found: null});
  });

  test('one of the right name in whose code no caller can stand is of another build', async () => {
    const stacks = Array.from({length: 20}, (_, i) => [at(0x1006 + i), 'inner']);
    const code = Array.from({length: 64}, () => 0x90);
    expect(resolved(traceOf(stacks), [await file('app', app({code}))]).dsos[0].state).toEqual({is: 'does-not-fit', file: 'app', fits: 0, of: 20});
  });

  test('a stripped binary and its debug file, of one build id, together', async () => {
    const trace = traceOf([[at(0x1005), at(0x1010)]], {[APP]: ID});
    const stripped = await file('app', app({buildId: ID, dynamicOnly: true, symbols: [{name: 'main', address: 0x401000, sizeBytes: 16}]}));
    const debug = await file('app.debug', app({buildId: ID, debugFile: true}));
    const result = resolved(trace, [debug, stripped]);
    expect(stacksOf(result.trace)).toEqual(['main work']);
    expect(result.dsos[0].state).toMatchObject({is: 'matched', by: 'build-id'});
  });

  test('kallsyms the kernel and its modules, a map the code made by its process', async () => {
    const trace = traceOf([
      [at(0x7f0000000010, AddressKind.InMemory, '/tmp/perf-7.map'), at(0xffffffff81000010n, AddressKind.InMemory, '[kernel.kallsyms]')],
      [at(0x7f0000000010, AddressKind.InMemory, '//anon'), at(0xffffffffc0000004n, AddressKind.InMemory, '[ext4]')],
      [at(0x7ffe00000000, AddressKind.InMemory, '[vdso]')],
    ], {}, [7, 7, 7]);
    const kernel = await file('kallsyms', 'ffffffff81000000 T sys_read\nffffffffc0000000 t ext4_read\t[ext4]\n');
    const result = resolved(trace, [kernel, await file('perf-7.map', '7f0000000000 40 jit\n'), await file('perf-8.map', '7f0000000000 40 wrong\n')]);
    expect(stacksOf(result.trace)).toEqual(['jit sys_read', 'jit ext4_read', '?']);
    expect(result.dsos.map(({dso, wanted, state}) => `${dso} ${wanted} ${state.is}`).sort()).toEqual([
      '//anon perf-map matched', '/tmp/perf-7.map perf-map matched', '[ext4] kallsyms matched', '[kernel.kallsyms] kallsyms matched', '[vdso] nothing missing',
    ]);
  });
});

test('of each file it is told how many frames have no name, and how many samples have one of them', () => {
  const trace = traceOf([[at(1), at(2, 0, '/lib/a.so')], [at(1), at(3)], ['main', at(4, 0, '/lib/a.so')], ['main'], [at(5, 0, '')]]);
  const {dsos} = resolved(trace, []);
  expect(dsos.map(({dso, wanted, frames, samples, state}) => [dso, wanted, frames, samples, state.is])).toEqual([
    [APP, 'binary', 2, 2, 'missing'], ['/lib/a.so', 'binary', 2, 2, 'missing'], ['', 'nothing', 1, 1, 'missing'],
  ]);
});

test('names are demangled on the way', async () => {
  const binary = await file('app', app({symbols: [{name: '_Z4mainv', address: 0x401000, sizeBytes: 16}]}));
  expect(stacksOf(resolved(traceOf([[at(0x1001)]]), [binary], (name) => name.replace(/^_Z4/, '')).trace)).toEqual(['mainv']);
});

test('a Go binary expands calls that were inlined, marked so', async () => {
  const folder = new URL('../go/fixtures/', import.meta.url);
  const bytes = new Uint8Array(gunzipSync(readFileSync(new URL('go126.gz', folder))));
  const said = JSON.parse(gunzipSync(readFileSync(new URL('go126.said.json.gz', folder))).toString()) as {stacks: {addresses: number[]}[]};
  const stack = said.stacks[0].addresses.map((address) => at(address - 0x400000, AddressKind.FileOffset)).reverse();
  const {trace} = resolved(traceOf([[...stack, 'record']]), [await file('app', bytes)]);
  expect(stacksOf(trace)).toEqual(['runtime.main main.main main.four main.three~ main.two main.one~ record']);
});

test.each(['app (2)', 'app.gz', 'runs/app (deleted)', '/opt/app'])('a file called %s is by its name the /usr/bin/app of a capture', async (name) => {
  const {dsos} = resolved(traceOf([[at(0x1005), at(0x1010)]]), [await file(name, app())]);
  expect(dsos).toMatchObject([{framesLeft: 0, state: {is: 'matched', by: 'name', files: [name]}}]);
});
