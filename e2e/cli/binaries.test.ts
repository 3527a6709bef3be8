/** Binaries among the files: they name the addresses of the captures, in whatever order they are given; `inspect` tells of both. */
import {expect, test} from 'vitest';
import {elfBytes} from '../../src/testing/elf-wire.ts';
import {exactJson, jsonLines, morestack, temporaryFile} from './morestack.ts';

const ID = 'aa00000000000000000000000000000000000001';
const OTHER = 'bb00000000000000000000000000000000000002';
/** main 0x401000, with a call that ends at +5; work 0x401010; in the file at 0x1000. */
const app = (buildId: string) => elfBytes({
  code: [0xe8, 0x0b, 0, 0, 0, 0xc3, ...Array.from({length: 12}, () => 0x90)], buildId,
  symbols: [{name: 'main', address: 0x401000, sizeBytes: 16}, {name: 'work', address: 0x401010, sizeBytes: 2}],
});
const mapped = `app 41/41 5.000000000: PERF_RECORD_MMAP2 41/41: [0x401000(0x1000) @ 0x1000 <${ID}>]: r-xp /srv/app\n`;
/** Two samples with addresses alone, as perf 6.1 prints them: offsets into the file. */
const text = `${mapped}app 41/41 [000] 5.000000001: 250 cycles: \n\t            1010 [unknown] (/srv/app)\n\t            1005 [unknown] (/srv/app)\n\napp 41/41 [000] 5.000000002: 250 cycles: \n\t            1010 [unknown] (/srv/app)\n\n`;

test.each([[0, 1], [1, 0]])('samples have the names that the binary knows, whichever file comes first', async (...order) => {
  const files = [temporaryFile('perf.txt', text), temporaryFile('app', app(ID))];
  const {stdout, stderr, exitCode} = await morestack('samples', ...order.map((i) => files[i]));
  expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0});
  expect(jsonLines(stdout).map(({stack}) => stack)).toEqual([['main', 'work'], ['work']]);
});

test('fold and functions name them too', async () => {
  const files = [temporaryFile('perf.txt', text), temporaryFile('app', app(ID))];
  expect((await morestack('fold', ...files)).stdout).toBe('app;main;work 1\napp;work 1\n');
  expect(jsonLines((await morestack('functions', ...files)).stdout).map(({name}) => name)).toEqual(['work', 'main']);
});

test('a binary of another build id names nothing, and both ids are said', async () => {
  const wrong = temporaryFile('app', app(OTHER));
  const {stdout, stderr, exitCode} = await morestack('samples', temporaryFile('perf.txt', text), wrong);
  expect(exitCode).toBe(0);
  expect(jsonLines(stdout)[0]['stack']).toEqual(['[unknown]', '[unknown]']);
  expect(stderr).toMatch(new RegExp(`^morestack: ${wrong}: not used: .*${OTHER}.*${ID}\\n$`));
});

test('a binary that no capture has addresses of is said to be none', async () => {
  const {stderr} = await morestack('samples', temporaryFile('perf.txt', text), temporaryFile('app', app(ID)), temporaryFile('elsewhere', app(OTHER)));
  expect(stderr).toMatch(/elsewhere: no capture has addresses that it could name\n$/);
});

test('inspect tells of a binary what it is, and of a capture which it wants', async () => {
  const [perf, binary] = [temporaryFile('perf.txt', text), temporaryFile('app', app(ID))];
  const alone = await morestack('inspect', perf);
  expect(alone.stdout).toContain(`  addresses   /srv/app ${ID}: 2 samples, missing\n`);
  const both = await morestack('inspect', perf, binary);
  expect(both.stdout).toContain(`  addresses   /srv/app ${ID}: 2 samples, 2 of 2 frames named by ${binary}\n`);
  expect(both.stdout).toContain(`  symbols     ELF binary x86-64`);
  expect(both.stdout).toContain(`  build id    ${ID}\n  functions   2\n`);
  expect(exactJson((await morestack('inspect', '--json', binary, perf)).stdout)).toMatchObject([
    {name: binary, format: 'elf', version: null, buildId: ID, machine: 'x86-64', functions: 2, isGo: false},
    {name: perf, binaries: [{name: '/srv/app', wanted: 'binary', buildId: ID, frames: 2, samples: 2, framesLeft: 0, samplesLeft: 0, state: 'matched', by: 'build-id', files: [binary]}]},
  ]);
  const wrong = temporaryFile('app', app(OTHER));
  expect(exactJson((await morestack('inspect', '--json', perf, wrong)).stdout)).toMatchObject([{binaries: [{state: 'refused', buildId: ID, found: OTHER, file: wrong}]}, {}]);
});
