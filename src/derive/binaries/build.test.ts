/** What open files of symbols name, what captures want of them, and that only what a file concerns is made anew. */
import {beforeAll, expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {AddressKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {openSymbols} from '../../symbols/open.ts';
import type {Symbols} from '../../symbols/shape.ts';
import {bytesOf} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {elfBytes} from '../../testing/elf-wire.ts';
import type {Session, SessionSymbols} from '../derivation.ts';
import {binaries} from './build.ts';
import {isMissing} from './shape.ts';

const ID = 'aa00000000000000000000000000000000000001';
const OTHER = 'bb00000000000000000000000000000000000002';

/** A capture with a sample a list of addresses, root first, in one file that may have a build id. */
function capture(dso: string, buildId: string | null, ...chains: readonly (readonly number[])[]): Trace {
  const build = new TraceBuilder('perf-data');
  const event = build.event(build.string('cycles'));
  const file = build.string(dso);
  for (const chain of chains) {
    let stack = -1;
    for (const address of chain) stack = build.stack(stack, build.unresolvedFrame(BigInt(address), file, AddressKind.FileOffset));
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(1, 1);
    rows.comm[row] = rows.cpu[row] = -1;
    rows.event[row] = event;
    rows.stack[row] = stack;
  }
  if (buildId !== null) {
    const row = build.buildIds.add();
    build.buildIds.rows.dso[row] = file;
    build.buildIds.rows.buildId[row] = build.string(buildId);
  }
  return build.finish();
}

async function symbolsOf(name: string, content: string | Uint8Array): Promise<Symbols> {
  const opened = await openSymbols(memorySource(name, bytesOf(content)));
  if (!opened.ok) throw new Error(opened.fault.message);
  return opened.value;
}

let own: Symbols;
let other: Symbols;
let kernel: Symbols;
beforeAll(async () => {
  // main 0x401000, with a call that ends at +5; work 0x401010; both in the file at 0x1000.
  const code = [0xe8, 0x0b, 0, 0, 0, 0xc3, ...Array.from({length: 12}, () => 0x90)];
  const symbols = [{name: 'main', address: 0x401000, sizeBytes: 16}, {name: 'work', address: 0x401010, sizeBytes: 2}];
  own = await symbolsOf('app', elfBytes({code, symbols, buildId: ID}));
  other = await symbolsOf('app', elfBytes({code, symbols, buildId: OTHER}));
  kernel = await symbolsOf('kallsyms', 'ffffffff81000000 T _text\nffffffff81000040 t do_one\n');
});

const ask = (session: Session) => binaries.answer(session, {});
const opened = (...symbols: Symbols[]): SessionSymbols[] => symbols.map((of, i) => ({id: 90 + i, name: of.kind === 'elf' ? 'app' : of.kind, symbols: of}));
const chains = [[0x1005, 0x1010], [0x1010]] as const;
const names = (session: Session, at = 1) => {
  const source = session.openSource(at);
  const labels = session.labels(source);
  return [...new Set(Array.from(source.trace.stacks.frame, (frame) => labels.names[labels.ofFrame[frame]]))];
};

test('a capture wants the file that its addresses are in, with its build id and the samples that it would name', () => {
  const {open, captures} = ask(sessionOf([capture('/srv/app', ID, ...chains), capture('/srv/lib.so', null, [0x40])]));
  expect(open).toEqual([]);
  expect(captures).toMatchObject([
    {name: 'file 1', samples: 2, more: 0, wanted: [{dso: '/srv/app', wanted: 'binary', buildId: ID, frames: 2, samples: 2, framesLeft: 2, samplesLeft: 2, state: {is: 'missing'}}]},
    {name: 'file 2', samples: 1, wanted: [{dso: '/srv/lib.so', buildId: null, state: {is: 'missing'}}]},
  ]);
  expect(captures.flatMap(({wanted}) => wanted.map(isMissing))).toEqual([true, true]);
});

test('its binary names them in every capture, and says how many frames in how many', () => {
  const session = sessionOf([capture('/srv/app', ID, ...chains), capture('/opt/renamed', ID, [0x1010]), capture('/srv/lib.so', null, [0x40])], {}, opened(own));
  expect([names(session, 1), names(session, 2)]).toEqual([['main', 'work'], ['work']]);
  const {open, captures} = ask(session);
  expect(open).toMatchObject([{id: 90, name: 'app', kind: 'elf', buildId: ID, machine: 'x86-64', functions: 2, isGo: false, frames: 3, captures: 2, refusals: []}]);
  expect(captures[0].wanted).toMatchObject([{framesLeft: 0, samplesLeft: 0, state: {is: 'matched', by: 'build-id', files: ['app']}}]);
  expect(captures.map(({wanted}) => wanted.some(isMissing))).toEqual([false, false, true]);
});

test('a binary of another build id is refused, with both ids, and names nothing', () => {
  const session = sessionOf([capture('/srv/app', ID, ...chains)], {}, opened(other));
  expect(names(session)).toEqual(['[app]']);
  const {open, captures} = ask(session);
  expect(open).toMatchObject([{frames: 0, captures: 0, refusals: [{is: 'refused', capture: 'file 1', dso: '/srv/app', wanted: ID, found: OTHER}]}]);
  expect(captures[0].wanted[0].state).toEqual({is: 'refused', file: 'app', wanted: ID, found: OTHER});
  expect(isMissing(captures[0].wanted[0])).toBe(true);
  // With the right one beside it it stays refused.
  const both = sessionOf([capture('/srv/app', ID, ...chains)], {}, [{id: 90, name: 'app', symbols: other}, {id: 91, name: 'app (2)', symbols: own}]);
  expect(names(both)).toEqual(['main', 'work']);
  expect(ask(both).open).toMatchObject([{id: 90, frames: 0, refusals: [{is: 'refused', wanted: ID, found: OTHER}]}, {id: 91, frames: 2, refusals: []}]);
});

test('a trace that no coming or going file concerns stays the same trace; one that it concerns is named from what was parsed', () => {
  const [app, lib] = [capture('/srv/app', ID, ...chains), capture('/srv/lib.so', null, [0x40])];
  const before = sessionOf([app, lib], {}, []);
  const after = sessionOf([app, lib], {}, opened(own));
  expect(before.openSource(1).trace).toBe(app);
  expect(after.openSource(1).trace).not.toBe(app);
  expect(after.openSource(2).trace).toBe(lib);
  // Another file that has nothing to do with it, and the same one again.
  expect(sessionOf([app, lib], {}, [...opened(own), {id: 99, name: 'elsewhere', symbols: other}]).openSource(1).trace).toBe(after.openSource(1).trace);
  // Gone: as it was.
  expect(sessionOf([app, lib], {}, []).openSource(1).trace).toBe(app);
  expect(names(sessionOf([app, lib], {}, opened(own)))).toEqual(['main', 'work']);
});

test('the same session with another alignment has the same names', () => {
  const session = sessionOf([capture('/srv/app', ID, ...chains)], {}, opened(own)).aligned(1, {how: 'as-is'});
  expect(names(session)).toEqual(['main', 'work']);
  expect(session.dsos(session.openSource(1))).toMatchObject([{framesLeft: 0}]);
});

test('kallsyms names the kernel’s addresses, and a capture without addresses wants nothing', () => {
  const build = new TraceBuilder('perf-data');
  const stack = build.stack(-1, build.unresolvedFrame(0xffffffff81000048n, build.string('[kernel.kallsyms]'), AddressKind.InMemory));
  const row = build.samples.add();
  const {rows} = build.samples;
  rows.timeNs[row] = rows.period[row] = Number.NaN;
  rows.thread[row] = rows.comm[row] = rows.cpu[row] = -1;
  rows.event[row] = build.event(build.string('cycles'));
  rows.stack[row] = stack;
  const session = sessionOf([build.finish(), new TraceBuilder('perf-data').finish()], {}, opened(kernel));
  expect(names(session)).toEqual(['do_one']);
  const {open, captures} = ask(session);
  expect(open).toMatchObject([{kind: 'kallsyms', buildId: null, machine: null, functions: 2, frames: 1, captures: 1}]);
  expect(captures).toMatchObject([{id: 1, wanted: [{dso: '[kernel.kallsyms]', wanted: 'kallsyms', state: {is: 'matched', by: 'kernel'}}]}]);
});
