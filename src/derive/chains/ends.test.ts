/** How chains end, by their outermost frames. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {StackEnd} from '../../model/tables.ts';
import {traceFromText} from '../../testing/trace-from-text.ts';
import {chainEnds} from './ends.ts';

const wordOf = Object.fromEntries(Object.entries(StackEnd).map(([word, end]) => [end, word]));
const endOf = (names: readonly string[], format = 'perf-data') => wordOf[chainEnds(traceFromText(['0ms', ...names].join('\n'), {format})).at(-1) ?? -1];
const deep = (root: string, frames: number) => [root, ...Array.from({length: frames - 1}, (_, i) => (i % 2 ? 'main.f' : 'main.g'))];

test.each([
  ['runtime.goexit', 'Root'],
  ['runtime.goexit.abi0', 'Root'],
  ['runtime.rt0_go', 'Root'],
  ['runtime.mstart', 'Root'],
  ['_start', 'Root'],
  ['__clone3', 'Root'],
  ['runtime.morestack', 'Switch'],
  ['runtime.mcall', 'Switch'],
  ['runtime.systemstack', 'Switch'],
  ['runtime.asmcgocall.abi0', 'Switch'],
  ['main.work', 'Lost'],
  ['runtime.goexit1', 'Lost'],
] as const)('a chain of perf with %s outermost ends so: %s', (root, end) => {
  expect(endOf([root, 'main.f'])).toBe(end);
});

test('127 frames of perf, and 64 of the profiler in the runtime, are as many as are recorded, unless the outermost one is a root or a switch', () => {
  expect(endOf(deep('main.deep', 126))).toBe('Lost');
  expect(endOf(deep('main.deep', 127))).toBe('DepthLimit');
  expect(endOf(deep('runtime.goexit', 127))).toBe('Root');
  expect(endOf(deep('runtime.mcall', 127), 'perf-script')).toBe('Switch');
  expect(endOf(deep('main.deep', 63), 'go-trace')).toBe('Unknown');
  expect(endOf(deep('main.deep', 64), 'go-trace')).toBe('DepthLimit');
});

test('inlined calls do not count for the depth: perf recorded addresses', () => {
  const inlined = deep('main.deep', 140).map((name, i) => (i > 0 && i <= 20 ? `${name} (inlined)` : name));
  expect(endOf(inlined)).toBe('Lost');
  expect(endOf([...inlined, ...deep('main.h', 7)])).toBe('DepthLimit');
});

test('what a source cannot tell is not known: folded stacks, samples without chains, a root without a name, a kernel’s chain alone', () => {
  expect(endOf(['main.f', 'main.g'], 'folded')).toBe('Unknown');
  expect(endOf(['main.f'])).toBe('Unknown');
  const build = new TraceBuilder('perf-data');
  const root = build.stack(-1, build.frame(-1, build.string('/srv/app'), -1, -1));
  build.stack(root, build.frame(build.string('main.f'), -1, -1, -1));
  const kernel = build.stack(-1, build.frame(build.string('entry_SYSCALL_64_after_hwframe'), build.string('[kernel.kallsyms]'), -1, -1));
  expect([...chainEnds(build.finish())].map((end) => wordOf[end])).toEqual(['Unknown', 'Unknown', 'Unknown']);
  expect(kernel).toBe(2);
});

test('of unwound stacks it counts what was said when they were unwound', () => {
  const drawn = traceFromText(`
    0ms             1ms        2ms        3ms
    runtime.goexit  main.deep  main.deep  main.deep
    main.f          main.f     main.g     main.f
  `, {format: 'perf-data'});
  const unwound = {...drawn, sampleStackEnd: Uint8Array.of(StackEnd.Root, StackEnd.EndOfDump, StackEnd.Unknown, StackEnd.Lost)};
  const ends = chainEnds(unwound);
  expect(Array.from(drawn.samples.stack, (stack) => wordOf[ends[stack]])).toEqual(['Root', 'EndOfDump', 'Lost', 'EndOfDump']);
});
