/** Probes on the runtime are known by their function and by what their arguments are, whatever people call these. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {opened} from '../../testing/bytes.ts';
import {ProbeOn, probeRoles, type ProbeRole, type Probes} from './probe-shape.ts';
import {probes} from './probe-rows.ts';

const read = async (text: string): Promise<Trace> => (await opened(new TextEncoder().encode(text))).trace!;
const line = (event: string, args: string, frames: readonly string[] = [], time = 1) => `app 7 [000] ${time.toFixed(9)}: ${event}: (44cd80) ${args}\n${frames.map((name) => `\t          44cd80 ${name}+0x0 (/app)\n`).join('')}\n`;
const functionOf = async (text: string) => Object.keys(ProbeOn)[probes(await read(text)).on[0] ?? 0];

/** What the rows tell, without what they do not. */
function told(all: Probes): Partial<Record<ProbeRole, number>>[] {
  return Array.from({length: all.length}, (_, i) => Object.fromEntries(probeRoles.filter((role) => !Number.isNaN(all[role][i])).map((role) => [role, all[role][i]])));
}

test('the function is told by the name of the event, by the function that the chain ends in, or by a size and an address', async () => {
  expect(await functionOf(line('gsg_rec:copystack', ''))).toBe('Copystack');
  expect(await functionOf(line('probe_app:runtime_shrinkstack_1', ''))).toBe('Shrinkstack');
  expect(await functionOf(line('probe_app:gopreempt_m', ''))).toBe('Gopreempt');
  expect(await functionOf(line('probe_app:runtime', '', ['runtime.stackfree']))).toBe('Stackfree');
  expect(await functionOf(line('probe_app:runtime', '', ['runtime.morestack.abi0']))).toBe('Morestack');
  expect(await functionOf(line('probe_app:gocopy', 'gp=0xc00009e4e0 n=0x2000'))).toBe('Copystack');
  expect(await functionOf(line('probe_app:gocopy', 'gp=0xc00009e4e0 n=0x2000').replace(/\n$/, '\t          44cd80 [unknown] (/app)\n\n'))).toBe('Copystack');
});

test('a probe on something else is none of the runtime’s, and `execute` is one only with a g', async () => {
  expect(await functionOf(line('probe_app:main_serve', 'conn=0xc00009e4e0 n=77'))).toBe('None');
  expect(await functionOf(line('probe_app:copy', 'gp=0xc00009e4e0 n=0x2000', ['main.copy']))).toBe('None');
  expect(await functionOf(line('probe_app:execute', 'n=7'))).toBe('None');
  expect(await functionOf(line('probe_app:execute', 'gp=0xc00009e4e0'))).toBe('Execute');
});

test('names without meaning change nothing', async () => {
  const arbitraryCopy = fc.record({g: fc.integer({min: 1, max: 3}), order: fc.integer({min: 1, max: 9}), from: fc.integer({min: 1, max: 99}), used: fc.integer({min: 1, max: 250})});
  await fc.assert(fc.asyncProperty(fc.array(arbitraryCopy, {minLength: 8, maxLength: 20}), fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e', 'f'], {minLength: 6, maxLength: 6}), async (copies, keys) => {
    const values = copies.map(({g, order, from, used}) => {
      const lo = 0xc000200000 + from * 0x100000;
      const hi = lo + 1024 * 2 ** order;
      return {gp: 0xc000001a0 * 16 + g * 0x1a0, newBytes: 2048 * 2 ** order, lo, hi, sp: hi - used * 8, goid: 10 + g};
    });
    const text = values.map(({gp, newBytes, lo, hi, sp, goid}, i) => {
      const [a, b, c, d, e, f] = keys;
      return line('probe_app:runtime', `${a}=0x${gp.toString(16)} ${b}=${newBytes} ${c}=0x${lo.toString(16)} ${d}=0x${hi.toString(16)} ${e}=0x${sp.toString(16)} ${f}=${goid}`, ['runtime.copystack'], i + 1);
    }).join('');
    expect(told(probes(await read(text)))).toEqual(values);
  }), {numRuns: 30});
});

test('a goid that was read at the wrong place is none', async () => {
  const copies = (goids: readonly number[]) => goids.map((goid, i) => line('p:copystack', `gp=0xc00000${i}100 newsize=4096 goid=${goid}`)).join('');
  expect([...probes(await read(copies([0, 0]))).goid]).toEqual([Number.NaN, Number.NaN]);
  expect([...probes(await read(copies([824634, 824634]))).goid]).toEqual([Number.NaN, Number.NaN]);
  expect([...probes(await read(copies([7, 8]))).goid]).toEqual([7, 8]);
});

test('morestack tells its two callers, which lie in the program’s text', async () => {
  const all = probes(await read(line('gsg_rec:morestack', 'x=0xc0000081a0 y=0x44c132 z=0x44c988 s=0xc000038770') + line('gsg_rec:morestack', 'x=0xc0000081a0 y=0x44c132 z=0x44c988 s=0xc000038700', [], 2)));
  expect(told(all)).toEqual([0x770, 0x700].map((end) => ({gp: 0xc0000081a0, caller: 0x44c132, callerOfCaller: 0x44c988, sp: 0xc000038000 + end})));
});

test('whose a g is holds from one execution to the next, else only where the goroutine is the same before and after', async () => {
  const execute = (goid: number) => line('p:execute', `gp=0xc000001000 goid=${goid}`);
  const copy = (goid: number) => line('p:copystack', `gp=0xc000001000 newsize=4096 goid=${goid}`);
  const more = line('p:morestack', 'g=0xc000001000');
  const goids = async (text: string) => [...probes(await read(text)).goid];
  expect(await goids(execute(7) + more + execute(8) + more)).toEqual([7, 7, 8, 8]);
  expect(await goids(more + copy(7) + more + copy(7) + more + copy(9) + more)).toEqual([Number.NaN, 7, 7, 7, Number.NaN, 9, Number.NaN]);
});
