/** Callers lost at morestack and restored from a probe on it: of the same thread, in the same growth, and of nobody else. */
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {drawnBinary} from '../../testing/go-tables-wire.ts';

const read = async (...lines: readonly string[]): Promise<Trace> => (await opened(new TextEncoder().encode(lines.join('')))).trace!;
const more = (time: string, tid: number, g: string, caller: string, caller2: string) => `app ${tid} [000] ${time}: p:morestack: (461ba0) g=0x${g} sp=0xc000038770 caller=0x${caller} caller2=0x${caller2}\n\n`;
const copy = (time: string, tid: number, gp: string) => `app ${tid} [000] ${time}: p:copystack: (44b9e0) gp=0x${gp} newsize=4096 lo=0xc000100000 hi=0xc000100800 goid=7\n\n`;
const growing = (time: string, tid: number) => `app ${tid} [000] ${time}: 1003009 cpu-clock: \n\t          44cf6a runtime.copystack+0x1aa (/app)\n\t          44bf6a runtime.newstack+0x1aa (/app)\n\t          461c2b runtime.morestack+0x8b (/app)\n\n`;
const plain = (time: string, tid: number) => `app ${tid} [000] ${time}: 1003009 cpu-clock: \n\t          401000 main.work+0x10 (/app)\n\t          402000 main.main+0x10 (/app)\n\n`;
const told = (trace: Trace) => {
  const session = sessionOf([trace]);
  const {callers} = session.openSource(1);
  return Array.from({length: trace.samples.length}, (_, i) => callers?.of(i).map(({name}) => name).join(' ') ?? null);
};

test('a probe and a sample of the growth have the callers of the last entry on their thread, others have none', async () => {
  expect(told(await read(
    growing('1.000', 7), more('1.001', 7, 'c000000100', '444132', '443cb1'), growing('1.002', 8), growing('1.003', 7), copy('1.004', 7, 'c000000100'), growing('1.005', 7), plain('1.006', 7),
    more('1.007', 7, 'c000000100', '4b6a8e', '436a92'), growing('1.008', 7),
  ))).toEqual(['', '', '', '0x443cb1 0x444132', '0x443cb1 0x444132', '0x443cb1 0x444132', '', '', '0x436a92 0x4b6a8e']);
});

test('copying another goroutine’s stack, or after a preemption, is not of the entry before', async () => {
  const preempt = 'app 7 [000] 1.002: p:gopreempt_m: (43da00) gp=0xc000000100\n\n';
  expect(told(await read(more('1.001', 7, 'c000000100', '444132', '443cb1'), copy('1.002', 7, 'c000000200')))).toEqual(['', '']);
  expect(told(await read(more('1.001', 7, 'c000000100', '444132', '443cb1'), preempt, growing('1.003', 7)))).toEqual(['', '', '']);
});

test('without such a probe none is restored', async () => {
  expect(told(await read(copy('1.002', 7, 'c000000200'), growing('1.003', 7)))).toEqual([null, null]);
});

test.each([
  ['app', 'main.f'], ['app (2)', 'main.f'], ['app (deleted)', 'main.f'], ['app.gz', 'main.f'], ['other', '0x444132'],
])('a binary called %s names the callers of a capture of /app: %s', async (name, caller) => {
  const trace = await read(growing('1.000', 7), more('1.001', 7, 'c000000100', '444132', '443cb1'), growing('1.002', 7));
  const functions = [{name: 'main.f', start: 0x444100, end: 0x444200}];
  const {callers} = sessionOf([trace], {}, [{id: 9, name, symbols: drawnBinary({functions})}]).openSource(1);
  expect(callers?.of(2).at(-1)?.name).toBe(caller);
});
