/** What frames are called, and what kind of code their name and object file say they are. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {labels, nameless} from './build.ts';
import {FrameKind} from './shape.ts';

type Drawn = readonly [name: string | null, dso?: string | null, line?: number];

function labelsOf(...frames: readonly Drawn[]) {
  const build = new TraceBuilder('perf-script');
  for (const [name, dso = null, line = -1] of frames) build.frame(name === null ? -1 : build.string(name), dso === null ? -1 : build.string(dso), -1, line);
  return labels(build.finish());
}

const wordOf = Object.fromEntries(Object.entries(FrameKind).map(([word, kind]) => [kind, word]));
const kindOf = (...frame: Drawn) => {
  const found = labelsOf(frame);
  return wordOf[found.kind[found.ofFrame[0]]];
};

test.each([
  ['main.main', 'Go'],
  ['main.(*server).handle.func1', 'Go'],
  ['main.sum[go.shape.int]', 'Go'],
  ['github.com/a/b.v2/c.(*T).Do', 'Go'],
  ['golang.org/x/net/http2.(*Framer).ReadFrame', 'Go'],
  ['net/http.HandlerFunc.ServeHTTP', 'Go'],
  ['type:.eq.main.key', 'Go'],
  ['go:buildid', 'Go'],
  ['runtime.main', 'Runtime'],
  ['runtime.goexit.abi0', 'Runtime'],
  ['runtime.mallocgc', 'Runtime'],
  ['internal/runtime/atomic.(*Uint32).Load', 'Runtime'],
  ['runtime/internal/syscall.Syscall6', 'Runtime'],
  ['gogo', 'Runtime'],
  ['aeshashbody', 'Runtime'],
  ['runtime.gcBgMarkWorker', 'Gc'],
  ['runtime.(*gcWork).balance', 'Gc'],
  ['runtime.scanobject', 'Gc'],
  ['runtime.markroot', 'Gc'],
  ['runtime.greyobject', 'Gc'],
  ['runtime.(*mspan).sweep', 'Gc'],
  ['runtime.wbBufFlush1', 'Gc'],
  ['malloc', 'C'],
  ['__libc_start_main', 'C'],
  ['std::vector<int>::push_back', 'C'],
  ['_cgo_5ba5f5d5_Cfunc_c_ping', 'C'],
  ['main._Cfunc_c_ping', 'C'],
  ['crosscall2', 'C'],
  ['_int_free.part.0', 'C'],
  ['compress.constprop.0', 'C'],
  ['inflate.isra.0', 'C'],
  ['inflate.part.0.cold', 'C'],
  ['main.cold', 'Go'],
  ['main.init.0', 'Go'],
] as const)('%s is %s code', (name, kind) => {
  expect(kindOf(name, '/srv/app')).toBe(kind);
});

test.each([
  ['[kernel.kallsyms]', 'Kernel'],
  ['[kernel.kallsyms].init.text', 'Kernel'],
  ['[guest.kernel.kallsyms]', 'Kernel'],
  ['[nf_conntrack]', 'Kernel'],
  ['[vdso]', 'C'],
  ['[vsyscall]', 'C'],
  ['[heap]', 'C'],
  ['[stack]', 'C'],
  ['[unknown]', 'C'],
  ['[uprobes]', 'C'],
  ['[JIT] tid 12', 'C'],
  ['/usr/lib/libc.so.6', 'C'],
] as const)('a function of %s is %s code, whatever it is called', (dso, kind) => {
  expect(kindOf('do_work', dso)).toBe(kind);
});

test('the kernel is the kernel with and without a symbol; elsewhere a frame without one is of no known kind', () => {
  expect(kindOf(null, '[kernel.kallsyms]')).toBe('Kernel');
  expect(kindOf('main.main', '[kernel.kallsyms]')).toBe('Kernel');
  expect(kindOf(null, '/srv/app')).toBe('Unknown');
  expect(kindOf(null)).toBe('Unknown');
});

test('a frame without a symbol is called after the file of its object', () => {
  expect(nameless('/usr/lib/libc.so.6')).toBe('[libc.so.6]');
  expect(nameless('app')).toBe('[app]');
  expect(nameless('[kernel.kallsyms]')).toBe('[kernel.kallsyms]');
  for (const nothing of [null, '[unknown]', '', '/srv/']) expect(nameless(nothing)).toBe('[unknown]');
});

test('lines and objects of one function make one label, but a name of the kernel and the same name of the program are two', () => {
  const found = labelsOf(['main.f', '/srv/app', 1], ['main.f', '/srv/app', 2], ['read', '[kernel.kallsyms]'], ['read', '/usr/lib/libc.so.6'], [null, '/srv/app']);
  expect(found.names).toEqual(['main.f', 'read', 'read', '[app]']);
  expect([...found.ofFrame]).toEqual([0, 0, 1, 2, 3]);
});
