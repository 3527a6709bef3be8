/** The transcript against what `go tool trace -d=parsed` of Go 1.27.3 printed for the same recordings, line by line. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {memorySource} from '../../base/bytes/source.ts';
import {streamOf} from '../../testing/bytes.ts';
import {transcript} from './transcript.ts';

const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url));
const tracesOf = (folder: string) => readdirSync(`${fixtures}${folder}`).flatMap((name) => (name.endsWith('.trace') ? [`${folder}${name}`] : []));
const recordings = tracesOf('');
const damaged = tracesOf('bad/');
const oracleOf = (name: string) => `${fixtures}oracles/${name.replace('.trace', '.events.txt.gz')}`;

async function linesOf(bytes: Uint8Array, pieceBytes = bytes.length): Promise<{lines: string[]; stopped: boolean}> {
  let text = '';
  const end = await transcript(memorySource('', bytes, pieceBytes).open(), (more) => void (text += more));
  return {lines: text.split('\n').slice(0, -1), stopped: end !== null};
}

/** The number of the first line that differs and both lines; null where none does. (A diff of thousands of lines helps nobody.) */
function firstDifference(found: readonly string[], expected: readonly string[]): [number, string | undefined, string | undefined] | null {
  for (let i = 0; i < Math.max(found.length, expected.length); i++) if (found[i] !== expected[i]) return [i, found[i], expected[i]];
  return null;
}

test('every recording has an oracle, and every damaged one', () => {
  expect([...recordings, ...damaged].filter((name) => !existsSync(oracleOf(name)))).toEqual([]);
});

test.each([...recordings, ...damaged])('%s is printed as Go prints it, to the line where Go stops', async (name) => {
  const expected = gunzipSync(readFileSync(oracleOf(name))).toString().split('\n').slice(0, -1);
  const {lines, stopped} = await linesOf(readFileSync(`${fixtures}${name}`));
  expect(firstDifference(lines, expected)).toBe(null);
  // For Go a header with nothing after it is a whole trace.
  expect(stopped).toBe(damaged.includes(name) && name !== 'bad/no-events.trace');
});

test('pieces of any size give the same lines', async () => {
  const bytes = readFileSync(`${fixtures}go127-tasks.trace`);
  const whole = await linesOf(bytes);
  for (const pieceBytes of [1, 13, 4096]) expect(firstDifference((await linesOf(bytes, pieceBytes)).lines, whole.lines)).toBe(null);
});

/** The lines but for Sync ones: the last of them stands where the reader stopped. */
const events = (lines: readonly string[]) => lines.filter((line) => !line.includes(' Sync '));

test.each(['go122-generations.trace', 'go125-generations.trace', 'go127-cpu.trace'])('cut anywhere, %s gives the first lines of the whole, and says that it was cut', async (name) => {
  const bytes = readFileSync(`${fixtures}${name}`);
  const whole = events((await linesOf(bytes)).lines);
  for (let i = 1; i < 20; i++) {
    const {lines, stopped} = await linesOf(bytes.subarray(0, Math.floor((bytes.length * i) / 20)));
    expect(stopped).toBe(true);
    const found = events(lines);
    // Before Go 1.26 what there is of a cut generation counts as one: its lines are of its threads that came first in the file.
    if (name.startsWith('go127')) expect(firstDifference(found, whole.slice(0, found.length))).toBe(null);
    else expect(found.length).toBeLessThanOrEqual(whole.length);
  }
});

test('a file without a generation has the sync line of its end only, as of Go 1.26; before, that is an error', async () => {
  const empty = (version: number) => linesOf(new TextEncoder().encode(`go 1.${version} trace\0\0\0`));
  expect(await empty(26)).toEqual({lines: ['M=-1 P=-1 G=-1 Sync Time=1 N=1'], stopped: false});
  expect((await empty(25)).stopped).toBe(true);
});

test('what is no trace is refused before anything is printed', async () => {
  const end = await transcript(streamOf('go 1.21 trace\0\0'), () => expect.fail('printed'));
  expect(end).toMatchObject({byte: 0, message: 'Expected the header “go 1.NN trace”'});
});
