/** `morestack fold`: the conventions of the stackcollapse tools. */
import {expect, test} from 'vitest';
import {perfText, type TextSample} from './captures.ts';
import {morestack, temporaryFile} from './morestack.ts';

const app = '(/srv/app/app)';

async function fold(samples: readonly TextSample[], ...options: string[]): Promise<{exitCode: number | null; lines: string[]; stderr: string}> {
  const {exitCode, stdout, stderr} = await morestack('fold', temporaryFile('perf.txt', perfText(samples)), ...options);
  return {exitCode, lines: stdout.split('\n').slice(0, -1), stderr};
}

test('equal stacks are one line: comm, root to leaf, count', async () => {
  const stack = [`main.leaf+0x5 ${app}`, `main.main+0x1 ${app}`];
  const {lines} = await fold([{frames: stack}, {frames: [`main.leaf+0x9 ${app}`, stack[1]]}, {frames: stack.slice(1)}]);
  expect(lines).toEqual(['app;main.main 1', 'app;main.main;main.leaf 2']);
});

test('spaces in comm become _ and a ; inside a name becomes :', async () => {
  const {lines} = await fold([{comm: 'my app', frames: [`main.a;b+0x1 ${app}`]}]);
  expect(lines).toEqual(['my_app;main.a:b 1']);
});

test('a frame without a symbol is the file of its dso in brackets, else [unknown]', async () => {
  const {lines} = await fold([{frames: ['[unknown] (/usr/lib/libc.so.6)', '[unknown] ([unknown])', `main.main+0x1 ${app}`]}]);
  expect(lines).toEqual(['app;main.main;[unknown];[libc.so.6] 1']);
});

test('a sample without a stack is its comm', async () => {
  expect((await fold([{}, {}])).lines).toEqual(['app 2']);
});

test('with --weight period the periods are summed', async () => {
  const {lines} = await fold([{period: 250, frames: [`main.main+0x1 ${app}`]}, {period: 1_000_000_000, frames: [`main.main+0x1 ${app}`]}], '--weight', 'period');
  expect(lines).toEqual(['app;main.main 1000000250']);
});

test('lines are sorted by their bytes, not by UTF-16 units or by language', async () => {
  const comms = ['b', 'a', 'B', 'é', '\u{10000}', '\uff5a', 'a-'];
  const {lines} = await fold(comms.map((comm) => ({comm})));
  const byBytes = [...comms].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
  expect(lines).toEqual(byBytes.map((comm) => `${comm} 1`));
});

test('several events and no choice: exit 2, naming them', async () => {
  const samples = [{event: 'cpu-clock'}, {event: 'page-faults'}];
  const {exitCode, lines, stderr} = await fold(samples);
  expect({exitCode, lines}).toEqual({exitCode: 2, lines: []});
  expect(stderr).toContain('cpu-clock');
  expect(stderr).toContain('page-faults');
});

test('--event chooses one; another one than there is: exit 2, naming what there is', async () => {
  const samples = [{comm: 'a', event: 'cpu-clock'}, {comm: 'b', event: 'page-faults'}];
  expect(await fold(samples, '--event', 'page-faults')).toMatchObject({exitCode: 0, lines: ['b 1']});
  const {exitCode, stderr} = await fold(samples, '--event', 'cycles');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('page-faults');
});

test('folded stacks fold to themselves', async () => {
  const text = 'app;main.main 1\napp;main.main;main.leaf 12\n';
  const {stdout, exitCode} = await morestack('fold', temporaryFile('stacks.folded', text));
  expect({stdout, exitCode}).toEqual({stdout: text, exitCode: 0});
});
