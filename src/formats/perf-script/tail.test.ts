/** Tails of samples: registers are read, the rest is recognised, and nothing else is taken for it. */
import {expect, test} from 'vitest';
import {text, type Trace} from '../../model/trace.ts';
import {parsedAs} from '../../testing/bytes.ts';
import {perfScript} from './format.ts';
import {tailOf} from './tail.ts';

test.each([
  ['registers of amd64', ' ABI:2    BP:0x7ffd47901e68    SP:0x7ffd47901db0    IP:0x44cf6a   R14:0x58eee0 ', {stackPointer: 0x7ffd_4790_1db0n, g: 0x58_eee0n}, []],
  ['registers of arm64', ' ABI:2   x28:0x4000002380    sp:0x4000079d20    pc:0x11098 ', {stackPointer: 0x40_0007_9d20n, g: 0x40_0000_2380n}, []],
  ['the stack pointer alone', ' ABI:2    SP:0x7ffd ', {stackPointer: 0x7ffdn, g: 0n}, []],
  ['registers that say nothing of stacks', ' ABI:2    AX:0x1 ', null, []],
  ['registers of the kernel', ' ABI:2    SP:0xffffc90000a37e58   R14:0x0 ', null, []],
  ['both of the interrupt, in the kernel, and of the user', ' ABI:2    SP:0xffffc90000a37e58   R14:0x1  ABI:2    SP:0xc000097e98   R14:0xc0000061a0 ', {stackPointer: 0xc0_0009_7e98n, g: 0xc0_0000_61a0n}, []],
  ['no registers of the user', ' ABI:0 ', null, []],
  ['branches', ' 0x55a682f5e274/0x55a682f5e2b1/P/-/-/0  0x1/0x2/M/-/-/12 ', null, ['brstack']],
  ['branches with DSOs', ' 0x55a682f5e274(/srv/my app)/0x55a682f5e2b1(/srv/my app)/P/-/-/0 ', null, ['brstack']],
  ['branches of newer perf', ' 0x1/0x2/P/-/-/0/CALL/- ', null, ['brstack']],
  ['branches with symbols', ' rec+0x54/operator/+0x2/P/-/-/0  main.(*T).f+0x1/g+0x0/P/-/-/3 ', null, ['brstack']],
  ['an instruction', ' ilen: 6 insn: 81 ff be 00 00 00', null, ['insn']],
  ['its bytes alone', ' insn: 55', null, ['insn']],
  ['an address and a page size', '               0 N/A 4K', null, ['page size']],
  ['a physical address', '        10a2b3c4', null, ['phys_addr']],
  ['cycles', '\t IPC: 0.50 (1/2) ', null, ['ipc']],
  ['all of them', ' ABI:2    SP:0x7ffd  0x1/0x2/P/-/-/0  ilen: 3 insn: 48 31 ca', {stackPointer: 0x7ffdn, g: 0n}, ['brstack', 'insn']],
])('%s', (_, line, registers, notKept) => {
  expect(tailOf(line)).toEqual({registers, notKept});
});

test.each(['', ' ', ' file.go:12', ' some words', ' ABI:', ' ABI:2 and words'])('%j is no tail', (line) => {
  expect(tailOf(line)).toBe(null);
});

const parse = (lines: readonly string[]) => parsedAs(perfScript, lines.map((line) => `${line}\n`).join(''));
const registers = ({registers: {sample, stackPointer, g}}: Trace) => Array.from(sample, (row, i) => [row, stackPointer[i], g[i]]);
const head = (time: string) => `app 7/7 5.00000${time}: 1 cycles: `;
const run = '\t          401000 main.run+0x10 (/srv/app/app)';

test('registers belong to the sample in front of them, behind its frames or at the end of its one line', async () => {
  const trace = await parse([
    `${head('1').replace('cycles', 'faults')}          401000 main.run+0x10 (/srv/app/app) ABI:2    SP:0x10   R14:0x20 `, head('2'), run, ' ABI:2    SP:0x30   R14:0x40 ', head('3'), run, ' ABI:2    SP:0x50   R14:0x60 ',
  ]);
  expect(registers(trace)).toEqual([[0, 0x10n, 0x20n], [1, 0x30n, 0x40n], [2, 0x50n, 0x60n]]);
  expect([trace.faults, trace.samples.stack.every((stack) => stack === 0), trace.notKept]).toEqual([[], true, []]);
});

test('registers at the end of a probe’s text are no argument of it', async () => {
  const trace = await parse(['app 7/7 5.000001: probe:morestack: (461ba0) g=0xc0000081a0 usp=0xc000038770 ABI:2    SP:0xc000038770   R14:0xc0000081a0 ']);
  expect(registers(trace)).toEqual([[0, 0xc0_0003_8770n, 0xc0_0000_81a0n]]);
  expect([...trace.sampleArguments.key].map((key) => text(trace, key))).toEqual(['__probe_ip', 'g', 'usp']);
});

test('samples without registers in a text that has them are told by event, with the command', async () => {
  const {faults} = await parse([head('1'), run, ' ABI:2    SP:0x10   R14:0x20 ', head('2'), run, '', head('3').replace('cycles', 'faults'), run, '']);
  expect(faults.map(({code, count}) => [code, count])).toEqual([['perf-script/registers', 2]]);
  expect(faults[0].first.map(({message}) => message.slice(0, 30))).toEqual(['1 of 2 samples of cycles have ', '1 of 1 samples of faults have ']);
  expect(faults[0].first[0].message).toContain('-F +uregs');
});

test('where no sample has registers nothing is said of them', async () => {
  expect((await parse([head('1'), run, ''])).faults).toEqual([]);
});
