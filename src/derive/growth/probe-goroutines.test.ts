/** Goroutines of a recording without a Go trace: by probes, by registers, by what was executed; and how much of their stacks is in use. */
import {expect, test} from 'vitest';
import {StackChangeKind} from '../../model/tables.ts';
import type {Trace} from '../../model/trace.ts';
import {integrity} from '../../model/integrity.ts';
import {opened} from '../../testing/bytes.ts';
import {sessionOf} from '../../testing/drawn-session.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';

const read = async (...lines: readonly string[]): Promise<Trace> => (await opened(new TextEncoder().encode(lines.join('')))).trace!;
const registers = (sp: string, g: string) => ` ABI:2    SP:0x${sp}    R14:0x${g}`;
const copy = (time: string, gp: string, newsize: number, lo: string, hi: string, goid: number | null, tid = 7) =>
  `app ${tid} [000] ${time}: p:copystack: (44b9e0) gp=0x${gp} newsize=${newsize} lo=0x${lo} hi=0x${hi}${goid === null ? '' : ` goid=${goid}`}${registers('c000001000', 'c00000ff00')}\n`;
const sample = (time: string, sp: string, g: string, tid = 7) => `app ${tid} [000] ${time}: 1003009 cpu-clock:  401000 main.work+0x10 (/app)${registers(sp, g)}\n`;
const execute = (time: string, gp: string, goid: number, tid = 7) => `app ${tid} [000] ${time}: p:execute: (43b7a0) gp=0x${gp} goid=${goid}\n\n`;
const chained = (time: string, root: string, tid = 7) => `app ${tid} [000] ${time}: 1003009 cpu-clock: \n\t          401000 main.work+0x10 (/app)\n\t          401100 main.start+0x10 (/app)\n\t          401200 ${root}+0x1 (/app)\n\n`;

/** By sample: `G17 used`. */
function told(trace: Trace): string[] {
  const session = sessionOf([trace]);
  const source = session.openSource(1);
  const {goroutine} = session.attribution(source);
  const used = session.probedGoroutines(source)?.usedBytes;
  return Array.from(goroutine, (row, i) => `${row < 0 ? '-' : `G${source.trace.goroutines.id[row]}`} ${used === undefined || Number.isNaN(used[i]) ? '-' : used[i]}`);
}

test('a stack pointer in the stack that the next or the last probe on the g names tells the goroutine and how much is in use', async () => {
  const trace = await read(
    sample('1.1', 'c000100600', 'c000000100'), copy('1.2', 'c000000100', 4096, 'c000100000', 'c000100800', 17),
    // Its stack now is the one that the next probe leaves, not the one that the last did.
    sample('1.3', 'c000200f00', 'c000000100'), sample('1.4', 'c000100600', 'c000000100'), copy('1.5', 'c000000100', 8192, 'c000200000', 'c000201000', 17),
    sample('1.6', 'c000200f00', 'c000000100'), sample('1.7', 'c000200f00', 'c000000900'),
  );
  expect(told(trace)).toEqual(['G17 512', 'G17 -', 'G17 256', 'G17 -', 'G17 -', '- -', '- -']);
});

test('a g that was given to another goroutine is not said to be of the one before', async () => {
  const trace = await read(
    copy('1.1', 'c000000100', 4096, 'c000100000', 'c000100800', 17), sample('1.2', 'c000900000', 'c000000100'),
    sample('1.3', 'c000300700', 'c000000100'), copy('1.4', 'c000000100', 4096, 'c000300000', 'c000300800', 18),
  );
  expect(told(trace)).toEqual(['G17 -', '- -', 'G18 256', 'G18 -']);
});

test('what was executed last on a thread runs there while its chains begin in a goroutine, till it is executed elsewhere', async () => {
  const trace = await read(
    chained('1.0', 'runtime.goexit.abi0'), execute('1.1', 'c000000100', 17), chained('1.2', 'runtime.goexit.abi0'), chained('1.3', 'runtime.mcall'), chained('1.4', 'runtime.goexit.abi0', 8),
    execute('1.5', 'c000000100', 17, 8), chained('1.6', 'runtime.goexit.abi0'), chained('1.7', 'runtime.goexit.abi0', 8),
  );
  expect(told(trace).map((text) => text.split(' ')[0])).toEqual(['-', 'G17', 'G17', '-', '-', 'G17', '-', 'G17']);
  const {trace: {goroutines, strings, stringBytes}} = sessionOf([trace]).openSource(1);
  expect(new TextDecoder().decode(stringBytes.subarray(strings.startByte[goroutines.startFunction[0]], strings.startByte[goroutines.startFunction[0]] + strings.sizeBytes[goroutines.startFunction[0]]))).toBe('main.start');
});

test('without a goid a goroutine is known by the address of its g', async () => {
  const trace = await read(copy('1.1', 'c000000100', 4096, 'c000100000', 'c000100800', null), copy('1.2', 'c000000200', 4096, 'c000110000', 'c000110800', null), copy('1.3', 'c000000100', 8192, 'c000200000', 'c000201000', null));
  expect([...sessionOf([trace]).openSource(1).trace.goroutines.id]).toEqual([0xc000000100, 0xc000000200]);
});

test('its goroutines have the changes that probes caught, and the growths are still counted from probes', async () => {
  const trace = await read(copy('1.2', 'c000000100', 8192, 'c000100000', 'c000101000', 17), copy('1.1', 'c000000100', 4096, 'c000100000', 'c000100800', 17), copy('1.3', 'c000000200', 2048, 'c000110000', 'c000111000', 18));
  const session = sessionOf([trace]);
  const source = session.openSource(1);
  expect(integrity(source.trace)).toEqual([]);
  const {stackChanges: changes, goroutines} = source.trace;
  expect(Array.from(changes.kind, (kind, i) => [goroutines.id[changes.goroutine[i]], kind, changes.oldBytes[i], changes.newBytes[i]])).toEqual([
    [17, StackChangeKind.Growth, 2048, 4096], [17, StackChangeKind.Growth, 4096, 8192], [18, StackChangeKind.Shrink, 4096, 2048],
  ]);
  expect([...source.probed!.sampleOfChange]).toEqual([1, 0, 2]);
  expect(session.countable(session.axis.groups[0])).toEqual([{source: 1, by: 'probes'}]);
  expect(session.countedChanges({source: 1, by: 'probes'}).goroutinesOf).toBe(1);
});

test('beside a trace on its axis a recording has no goroutines of its own; on another axis it has', async () => {
  const goTrace = goTraceFromText('              0us     90us\nG1 main.main  run M7  wait');
  const perf = await read('# clockid: monotonic (1)\n# ========\n#\n', copy('0.000015000', 'c000000100', 4096, 'c000100000', 'c000100800', 1));
  const apart = await read(copy('0.000015000', 'c000000100', 4096, 'c000100000', 'c000100800', 1));
  expect(sessionOf([goTrace, perf]).sources.map(({trace, probed}) => [trace.goroutines.length, probed === null])).toEqual([[1, true], [0, true]]);
  expect(sessionOf([goTrace, apart]).sources.map(({trace, probed}) => [trace.goroutines.length, probed === null])).toEqual([[1, true], [1, false]]);
});

test('a goroutine is there till its g is another’s, or the thread that it ran on last frees a stack of its size', async () => {
  const free = (time: string, lo: string, hi: string) => `app 7 [000] ${time}: p:stackfree: (44aee0) lo=0x${lo} hi=0x${hi}\n\n`;
  const trace = await read(
    copy('1.0', 'c000000100', 4096, 'c000100000', 'c000100800', 17), free('1.1', 'c000100000', 'c000100800'), free('1.2', 'c000a00000', 'c000a01000'),
    copy('1.3', 'c000000200', 4096, 'c000110000', 'c000110800', 18), free('1.4', 'c000110000', 'c000110800'), copy('1.5', 'c000000200', 4096, 'c000120000', 'c000120800', 19),
  );
  const {goroutines, originNs} = sessionOf([trace]).openSource(1).trace;
  const seconds = (timeNs: number) => (Number.isNaN(timeNs) ? null : (Number(originNs) + timeNs) / 1e9);
  expect(Array.from(goroutines.id, (id, g) => [id, seconds(goroutines.startNs[g]), seconds(goroutines.endNs[g])])).toEqual([[17, null, 1.2], [18, null, 1.5], [19, 1.5, null]]);
});

test('where frame pointers lost the start function morestack is not called one', async () => {
  const lost = 'app 7 [000] 1.2: 1003009 cpu-clock: \n\t          401000 runtime.copystack+0x10 (/app)\n\t          401100 runtime.morestack.abi0+0x10 (/app)\n\t          401200 runtime.goexit.abi0+0x1 (/app)\n\n';
  const {trace} = sessionOf([await read(execute('1.1', 'c000000100', 17), lost)]).openSource(1);
  expect([...trace.goroutines.startFunction]).toEqual([-1]);
});
