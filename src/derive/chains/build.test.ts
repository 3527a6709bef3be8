/** The rules by which a call chain shows growth, each by the chain that it is about. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {arbitrarySamples} from '../../testing/arbitrary-traces.ts';
import {stackText} from '../../testing/trace-summary.ts';
import {TraceBuilder} from '../../model/builder.ts';
import {chains} from './build.ts';
import {chainClassNames, ChainMark} from './shape.ts';

/** A trace with one stack, written root first with `;` between frames; names without `.` are the runtime's. */
function traceOf(chain: string): Trace {
  const build = new TraceBuilder('perf-script');
  chain.split(' ').reduce((stack, name) => build.stack(stack, build.frame(build.string(name.includes('.') ? name : `runtime.${name}`), -1, -1, -1)), -1);
  return build.finish();
}

const classOf = (chain: string) => {
  const {class: classes} = chains(traceOf(chain));
  return chainClassNames[classes[classes.length - 1]];
};

test.each([
  ['main.f', 'none'],
  ['morestack newstack copystack memmove', 'growth'],
  ['morestack newstack', 'growth'],
  ['morestack newstack main.weird', 'growth'],
  ['morestack newstack stackalloc', 'growth'],
  // Go's own profiles hold no morestack: newstack's caller is the function itself.
  ['goexit main.f newstack copystack', 'growth'],
  // Go ≤ 1.20 unwinds on into the goroutine.
  ['goexit main.main morestack newstack copystack', 'growth'],
  ['morestack_noctxt morestack newstack copystack', 'growth'],
  ['morestack newstack gopreempt_m', 'preemption'],
  ['morestack newstack goschedImpl schedule', 'preemption'],
  ['morestack newstack preemptPark', 'preemption'],
  ['morestack newstack gopreempt_m goschedImpl schedule findRunnable', 'preemption'],
  ['morestack newstack throw', 'overflow'],
  ['morestack newstack fatalthrow', 'overflow'],
  ['mstart morestack badmorestackg0', 'overflow'],
  ['morestack badmorestackgsignal', 'overflow'],
  ['morestackc', 'overflow'],
  ['morestack switchToCrashStack0', 'overflow'],
  ['morestack switchToCrashStack', 'overflow'],
  ['systemstack gcDrain markroot scanstack shrinkstack copystack', 'shrink'],
  ['morestack newstack shrinkstack copystack', 'shrink'],
  ['morestack newstack gopreempt_m shrinkstack', 'shrink'],
  ['morestack', 'entry'],
  ['morestack copystack', 'growth'],
  ['goexit main.f morestack_noctxt', 'entry'],
  ['morestack main.f', 'entry'],
] as const)('%s is %s', (chain, expected) => {
  expect(classOf(chain)).toBe(expected);
});

test('preemption and a fatal error count only right below newstack', () => {
  expect(classOf('goexit main.f gopreempt_m')).toBe('none');
  expect(classOf('goexit main.f throw')).toBe('none');
  expect(classOf('morestack newstack copystack throw')).toBe('growth');
  expect(classOf('morestack newstack copystack gopreempt_m')).toBe('growth');
  expect(classOf('gopreempt_m morestack newstack copystack')).toBe('growth');
});

test('names that only resemble those of the runtime show nothing', () => {
  for (const chain of ['main.morestack main.newstack', 'runtime.newstackX', 'my/runtime.newstack', 'main.shrinkstack', 'runtime.morestackcc']) expect(classOf(chain)).toBe('none');
});

test('a chain shows the same with the suffix .abi0 on any of its names', () => {
  const names = fc.constantFrom('main.f', 'runtime.morestack', 'runtime.newstack', 'runtime.copystack', 'runtime.gopreempt_m', 'runtime.throw', 'runtime.shrinkstack', 'runtime.badmorestackg0', 'runtime.stackfree');
  fc.assert(fc.property(fc.array(fc.tuple(names, fc.boolean()), {minLength: 1, maxLength: 8}), (chain) => {
    const plain = chain.map(([name]) => name).join(' ');
    const suffixed = chain.map(([name, isSuffixed]) => (isSuffixed ? `${name}.abi0` : name)).join(' ');
    const marks = (text: string) => chains(traceOf(text)).marks.at(-1);
    expect([classOf(suffixed), marks(suffixed)]).toEqual([classOf(plain), marks(plain)]);
  }));
});

test('marks say which parts of a growth the chain holds, toward the leaf and not before', () => {
  const {marks} = chains(traceOf('morestack newstack copystack stackalloc'));
  const {More, New, Copy, Alloc} = ChainMark;
  expect([...marks]).toEqual([More, More | New, More | New | Copy, More | New | Copy | Alloc]);
  expect(chains(traceOf('morestack newstack copystack stackfree')).marks[3] & ChainMark.Free).not.toBe(0);
  expect(chains(traceOf('newstack copystack (*mheap).allocManual'.replace('(*mheap)', 'runtime.(*mheap)'))).marks[2] & ChainMark.Alloc).not.toBe(0);
});

test('every stack of a trace is of the class that the rules give for its whole chain', () => {
  fc.assert(fc.property(arbitrarySamples, (trace) => {
    const {class: classes} = chains(trace);
    for (let row = 0; row < trace.stacks.length; row++) expect(chainClassNames[classes[row]]).toBe(classByTheRules(stackText(trace, row).split(';')));
  }));
});

/** The rules of growth as they are written down, over names root first. */
function classByTheRules(chain: readonly string[]): string {
  const names = chain.map((name) => name.replace(/\.abi0$/, ''));
  const fits = (pattern: RegExp, name: string | undefined) => name !== undefined && pattern.test(name);
  const newstacks = names.flatMap((name, i) => (name === 'runtime.newstack' ? [names[i + 1]] : []));
  if (names.includes('runtime.shrinkstack')) return 'shrink';
  if (newstacks.some((child) => fits(/^runtime\.(gopreempt_m|goschedImpl|preemptPark)$/, child))) return 'preemption';
  if (newstacks.some((child) => fits(/^runtime\.(throw|fatalthrow)$/, child))) return 'overflow';
  if (names.some((name) => fits(/^runtime\.(badmorestackg0|badmorestackgsignal|morestackc|switchToCrashStack0?)$/, name))) return 'overflow';
  if (newstacks.length > 0) return 'growth';
  if (!names.some((name) => fits(/^runtime\.morestack(_noctxt)?$/, name))) return 'none';
  return names.includes('runtime.copystack') ? 'growth' : 'entry';
}

test('a chain is named from the first function of a program on; the kernel and what has no name do not count', () => {
  const build = new TraceBuilder('perf-script');
  const frames = [['', '/bin/app'], ['asm_exc_page_fault', '[kernel.kallsyms]'], ['main.f', '/bin/app'], ['', '/bin/app']];
  frames.reduce((stack, [name, dso]) => build.stack(stack, build.frame(name === '' ? -1 : build.string(name), build.string(dso), -1, -1)), -1);
  expect([...chains(build.finish()).named]).toEqual([0, 0, 1, 1]);
});
