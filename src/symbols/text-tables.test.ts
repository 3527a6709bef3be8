/** kallsyms and perf maps. */
import {expect, test} from 'vitest';
import {memorySource} from '../base/bytes/source.ts';
import {bytesOf} from '../testing/bytes.ts';
import {openSymbols} from './open.ts';
import {locator} from './place.ts';
import type {Symbols} from './shape.ts';
import {pidOfMap, sniffTextTable} from './text-tables.ts';

async function opened(name: string, content: string): Promise<Symbols> {
  const result = await openSymbols(memorySource(name, bytesOf(content)));
  if (!result.ok) throw new Error(result.fault.code);
  return result.value;
}

const KALLSYMS = `0000000000000000 A fixed_percpu_data
ffffffff81000000 T _text
ffffffff81000000 T _stext
ffffffff81000080 t do_it.isra.0
ffffffff82000000 D some_data
ffffffff82100000 r constants
ffffffffc0001000 t open_it\t[ext4]
ffffffffc0001100 T close_it\t[ext4]
`;

test('kernel symbols are found up to the next one, modules’ with their module', async () => {
  const symbols = await opened('kallsyms', KALLSYMS);
  expect(symbols.kind).toBe('kallsyms');
  const places = locator(symbols);
  const nameAt = (address: bigint) => places(Number(address - symbols.base))[0]?.name ?? null;
  expect([0xffffffff8100007fn, 0xffffffff81000080n, 0xffffffff82000010n, 0xffffffffc00010ffn, 0xffffffffc0001100n].map(nameAt)).toEqual(['_stext', 'do_it.isra.0', 'some_data', 'open_it', 'close_it']);
  expect(symbols.modules).toEqual(['[ext4]']);
});

test('kallsyms without addresses is refused with what to do', async () => {
  const result = await openSymbols(memorySource('kallsyms', bytesOf('0000000000000000 T _text\n0000000000000000 T _stext\n')));
  expect(result.ok ? null : result.fault.code).toBe('symbols/hidden');
});

test('of a perf map names are whole lines, the later of two at one place counts, the pid is the file name’s', async () => {
  const symbols = await opened('/tmp/perf-4321.map', '7f2a4c000000 40 LazyCompile:~main app.js:1\n7f2a4c000040 0x10 stub\n7f2a4c000000 20 main again\r\n');
  const places = locator(symbols);
  expect(symbols.pid).toBe(4321);
  expect([0x7f2a4c00001f, 0x7f2a4c000020, 0x7f2a4c000045].map((address) => places(address)[0]?.name ?? null)).toEqual(['main again', null, 'stub']);
});

test('the two are told apart by their lines, and from other text', () => {
  const sniff = (content: string) => sniffTextTable(bytesOf(content), true);
  expect(sniff(KALLSYMS)).toBe('kallsyms');
  expect(sniff('7f2a4c000000 40 LazyCompile:~main\n')).toBe('perf-map');
  expect(sniff('main;read 12\n')).toBeNull();
  expect(sniff('')).toBeNull();
  expect(sniffTextTable(bytesOf('ffffffff81000000 T _text\nffffffff8100'), false)).toBe('kallsyms');
  expect([pidOfMap('perf-12.map'), pidOfMap('/tmp/perf-7.map.gz'), pidOfMap('perf-7.map (2)'), pidOfMap('perf.map')]).toEqual([12, 7, 7, null]);
});
