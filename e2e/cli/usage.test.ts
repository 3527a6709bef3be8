/** How the command line is called, and how it ends: 0 done, 1 a file could not be read, 2 wrong use. */
import {once} from 'node:events';
import {expect, test} from 'vitest';
import {goTraces, perfText} from './captures.ts';
import {morestack, startMorestack, temporaryFile, temporaryFolder} from './morestack.ts';

const [fixture] = goTraces('stacks');

test('help names every command and ends with 0', async () => {
  const {exitCode, stdout} = await morestack('--help');
  expect(exitCode).toBe(0);
  for (const command of ['inspect', 'samples', 'fold', 'events', 'growth', 'goroutines', 'functions', 'switches', 'open']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test.each([
  ['no command', []],
  ['an unknown command', ['frobnicate']],
  ['no file', ['inspect']],
  ['an unknown option', ['samples', '--frobnicate', 'x']],
  ['an offset that is no number', ['samples', '--offset', '5ms', 'x']],
  ['a weight that is none', ['fold', '--weight', 'cycles', 'x']],
  ['a source that is none', ['growth', '--source', 'perf', 'x']],
  ['a time that is no number', ['samples', '--from', 'now', fixture]],
  ['a range that ends before it begins', ['growth', '--from', '2', '--to', '1', fixture]],
  ['a goroutine that is not there', ['goroutines', '--goroutine', '4000000', fixture]],
  ['a start function that nothing was started with', ['goroutines', '--start-function', 'main.nobody', fixture]],
  ['a causing function of which nothing is known', ['growth', '--causing-function', 'main.nobody', fixture]],
  ['an offset of centuries', ['growth', '--offset', '9'.repeat(20), ...['churn/captures/trace.out.gz', 'overflow/captures/perf.txt.gz'].map((path) => new URL(`../../examples/${path}`, import.meta.url).pathname)]],
  ['a weight of a trace without a trace', ['functions', '--weight', 'growths', new URL('../../examples/churn/captures/perf.txt.gz', import.meta.url).pathname]],
  ['two traces for events', ['events', 'a', 'b']],
  ['a port that is none', ['open', '--port', '70000']],
])('wrong use ends with 2 and says how it is right: %s', async (_, args) => {
  const {exitCode, stdout, stderr} = await morestack(...args);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^usage: morestack /m);
});

test.each(['inspect', 'samples', 'fold', 'events', 'growth', 'goroutines', 'functions', 'open'])('%s of a file that is not there ends with 1 and names it', async (command) => {
  const {exitCode, stderr} = await morestack(command, `${temporaryFolder()}/absent.txt`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('absent.txt');
  expect(stderr).not.toContain(' at ');
});

test.each([
  ['an empty file', '', 'empty'],
  ['text of no known kind', 'To be, or not to be.\n', 'perf script'],
  ['a perf.data of the first version', 'PERFFILE\0\0\0\0\0\0\0\0', 'perf script'],
])('%s ends with 1 and a sentence of what to do', async (_, content, word) => {
  const file = temporaryFile('input', content);
  for (const command of ['samples', 'growth', 'events']) {
    const {exitCode, stdout, stderr} = await morestack(command, file);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^morestack: /);
    expect(stderr.toLowerCase()).toContain(word);
  }
});

test('a perf.data without a table of events ends with 1 and says so', async () => {
  const file = temporaryFile('input', 'PERFILE2'.padEnd(200, '\0'));
  for (const command of ['samples', 'growth']) {
    const {exitCode, stdout, stderr} = await morestack(command, file);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('table of events');
  }
});

test('one bad file among good ones ends with 1, and the good ones are read', async () => {
  const bad = temporaryFile('bad.txt', 'nothing of the kind\n');
  const good = temporaryFile('good.txt', perfText([{frames: ['main.main+0x1 (/srv/app/app)']}]));
  const {exitCode, stdout} = await morestack('samples', bad, good);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').filter(Boolean)).toHaveLength(1);
});

test('a reader that has enough ends it quietly', async () => {
  const file = temporaryFile('long.txt', perfText(Array.from({length: 50_000}, (_, i) => ({time: `5.${String(i).padStart(9, '0')}`, frames: [`main.f${i}+0x1 (/srv/app/app)`]}))));
  const child = startMorestack(['samples', file]);
  let stderr = '';
  child.stderr!.on('data', (piece: Buffer) => (stderr += piece.toString()));
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  const [exitCode] = await once(child, 'close');
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
});

test('a file given twice is read once, and that is said', async () => {
  const file = temporaryFile('twice.folded', 'main;a 2\n');
  const {stdout, stderr, exitCode} = await morestack('fold', file, file);
  expect([stdout, exitCode]).toEqual(['main;a 2\n', 0]);
  expect(stderr).toContain('given twice; it is read once');
});
