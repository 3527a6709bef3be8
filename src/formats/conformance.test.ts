/**
 * The laws that every format obeys, on every file of every `fixtures/` folder. A new format is tested by being there: a folder
 * with format.ts, fixtures and a line in the registry. `UPDATE=1` writes the `.expect.json` files anew, for review.
 */
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';
import {gunzip, isGzip} from '../base/bytes/gunzip.ts';
import {utf8} from '../base/bytes/text.ts';
import type {FaultGroup} from '../base/fault.ts';
import {integrity} from '../model/integrity.ts';
import type {Trace} from '../model/trace.ts';
import {allBytes, gzipped, opened, parsedAs, streamOf, utf16, zstdFramed} from '../testing/bytes.ts';
import {traceDifference} from '../testing/trace-difference.ts';
import {prefixDifference} from '../testing/trace-prefix.ts';
import {summary} from '../testing/trace-summary.ts';
import type {Format} from './format.ts';
import {formats} from './registry.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const folders = readdirSync(here, {withFileTypes: true}).filter((entry) => entry.isDirectory() && existsSync(`${here}${entry.name}/format.ts`)).map(({name}) => name);

/** Files up to this size are cut at every byte; larger ones at seeded places. */
const EVERY_CUT_BYTES = 1000;
const SEEDED_CUTS = 200;

test('every folder with a format.ts stands in the registry, and every format of the registry has its folder', () => {
  expect(formats.map(({id}) => id).toSorted()).toEqual(folders.toSorted());
});

describe.each(folders)('%s', (folder) => {
  const format: Format = formats.find(({id}) => id === folder)!;
  const good = fixturesIn(`${folder}/fixtures/`);
  const bad = fixturesIn(`${folder}/fixtures/bad/`);

  test('has fixtures, good and bad', () => {
    expect(good.length).toBeGreaterThan(0);
    expect(bad.length).toBeGreaterThan(0);
  });

  describe.each(good)('%s', (path) => {
    const bytes = readFileSync(`${here}${path}`);

    test('is claimed by its own format, and by no other at any length of its head', async () => {
      const plain = isGzip(bytes) ? await ungzipped(bytes) : bytes;
      const claiming = (head: Uint8Array, complete: boolean) => formats.filter((each) => each.sniff(head, complete) === 'yes').map(({id}) => id);
      expect(claiming(plain, true)).toEqual([folder]);
      for (const sizeBytes of [...Array.from({length: 64}, (_, i) => i), 256, 1 << 10, 1 << 12, 1 << 16]) {
        const claims = claiming(plain.subarray(0, sizeBytes), sizeBytes >= plain.length);
        expect(claims.filter((id) => id !== folder), `${sizeBytes} bytes`).toEqual([]);
      }
    });

    test('is read without a fault that costs data', async () => {
      const {trace, faults} = await opened(bytes);
      expect(trace?.format).toBe(folder);
      expect(faults.filter(({severity}) => severity !== 'odd')).toEqual([]);
    });

    test('is the same trace in gzip', async () => {
      const [plain, packed] = [await opened(bytes), await opened(isGzip(bytes) ? bytes : await gzipped(bytes))];
      expect(traceDifference(plain.trace!, packed.trace!)).toBe(null);
    });

    test('is the same trace in zstd, and, if it is text, in UTF-16', async () => {
      const content = isGzip(bytes) ? await ungzipped(bytes) : bytes;
      const {trace} = await opened(content);
      expect(traceDifference(trace!, (await opened(zstdFramed(content), 999)).trace!)).toBe(null);
      if (!isText(content)) return;
      // A byte order mark is three bytes of UTF-8, so places in the file differ by them.
      const plain = await opened(utf8(content).replace(BYTE_ORDER_MARK, ''));
      for (const order of ['little', 'big'] as const) expect(traceDifference(plain.trace!, (await opened(utf16(utf8(content).replace(BYTE_ORDER_MARK, ''), order), 999)).trace!)).toBe(null);
    });
  });

  describe.each([...good, ...bad])('%s', (path) => {
    const bytes = readFileSync(`${here}${path}`);

    test('reads as its .expect.json says', async () => {
      const {trace, faults} = await opened(bytes);
      const found = `${JSON.stringify(summary(trace, faults), null, 2)}\n`;
      const expectation = `${here}${path}.expect.json`;
      if (process.env['UPDATE']) writeFileSync(expectation, found);
      expect(found).toBe(readFileSync(expectation, 'utf8'));
    });

    test('keeps every promise of the model', async () => {
      const {trace} = await opened(bytes);
      expect(trace ? integrity(trace) : []).toEqual([]);
    });

    test.each([1, 7, 4096])('is the same in pieces of %i bytes', async (pieceBytes) => {
      const [whole, pieces] = [await opened(bytes), await opened(bytes, pieceBytes)];
      expect(pieces.faults).toEqual(whole.faults);
      expect(pieces.trace && whole.trace ? traceDifference(whole.trace, pieces.trace) : pieces.trace).toBe(null);
    });

    test('cut anywhere, gives all that came before the cut and says that it was cut', async () => {
      const plain = isGzip(bytes) ? await ungzipped(bytes) : bytes;
      const whole = await parsedAs(format, plain);
      const law = isText(plain) ? textCutLaw : binaryCutLaw;
      let before: Trace | null = null;
      for (const at of cuts(plain.length)) {
        const cut = await parsedAs(format, plain.subarray(0, at));
        expect(integrity(cut), `cut at ${at}`).toEqual([]);
        expect(await law(format, plain, at, cut, whole, before), `cut at ${at}`).toBe(null);
        before = cut;
      }
    });

    test('cut anywhere, is opened as what it is or refused with a reason', async () => {
      for (const at of cuts(bytes.length)) {
        const {trace, faults} = await opened(bytes.subarray(0, at));
        if (trace) expect(trace.format, `cut at ${at}`).toBe(folder);
        else expect(faults[0].severity, `cut at ${at}`).toBe('fatal');
      }
    });
  });

  test.each(bad)('%s is told by a fault with a place', async (path) => {
    const {faults} = await opened(readFileSync(`${here}${path}`));
    expect(places(faults)).not.toEqual([]);
  });
});

/**
 * Text comes in the order of its records, so what is read of a part is the beginning of what is read of the whole. Only where it is
 * that exactly, to the last row, may a cut go unseen: then the part is a whole file of its own.
 */
async function textCutLaw(format: Format, bytes: Uint8Array, at: number, cut: Trace, whole: Trace, before: Trace | null): Promise<string | null> {
  const kept = cut.samples.length;
  // One less is right where the last line of the shorter part only looked like a record.
  if (before && kept < before.samples.length - 1) return `a longer part holds ${kept} samples, a shorter one ${before.samples.length}`;
  const wholeLines = bytes[at - 1] === NEWLINE || utf8(bytes.subarray(0, at)) === (at === 0 ? '' : BYTE_ORDER_MARK);
  // What follows the cut counts what must stand before it, where it is a file of its own: not in a format whose first line is special.
  if (wholeLines && format.sniff(bytes.subarray(at), true) === 'yes') {
    const rest = await parsedAs(format, bytes.subarray(at));
    if (kept + rest.samples.length < whole.samples.length) return `${whole.samples.length} samples, but ${kept} before and ${rest.samples.length} after`;
  }
  const difference = prefixDifference(cut, whole, kept - 1);
  if (difference) return difference;
  const lastLine = bytes.subarray(0, Math.max(0, at - 1)).lastIndexOf(NEWLINE) + 1;
  if (places(cut.faults).some((byte) => byte >= lastLine)) return null;
  if (!wholeLines) return 'nothing is said of the last line, which has no end';
  // A first sample alone does not tell whether a call chain was to follow on it.
  return kept < 2 ? null : prefixDifference(cut, whole, kept);
}

/** A binary file may put its tables last, so a part may hold less; never more than the whole, and it is a sound file or says what it lacks. */
async function binaryCutLaw(format: Format, bytes: Uint8Array, at: number, cut: Trace, whole: Trace): Promise<string | null> {
  for (const table of ['samples', 'goroutines', 'stackChanges', 'spans', 'counters'] as const) {
    if (cut[table].length > whole[table].length) return `${cut[table].length} ${table}, of ${whole[table].length}`;
  }
  if (places(cut.faults).length > 0) return null;
  const parser = await format.load();
  const end = await parser.transcript?.(streamOf(bytes.subarray(0, at)), () => {});
  return end ? `silent, but ${end.message}` : null;
}

const NEWLINE = 10;
const BYTE_ORDER_MARK = '\uFEFF';

function fixturesIn(folder: string): string[] {
  if (!existsSync(`${here}${folder}`)) return [];
  return readdirSync(`${here}${folder}`, {withFileTypes: true})
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.expect.json') && entry.name !== 'README.md')
    .map(({name}) => `${folder}${name}`);
}

function ungzipped(bytes: Uint8Array): Promise<Uint8Array> {
  return allBytes(gunzip(streamOf(bytes), (fault) => expect.fail(fault.message)));
}

function isText(bytes: Uint8Array): boolean {
  return !bytes.includes(0) && !utf8(bytes).includes('\uFFFD');
}

/** Bytes of the places that the faults name. */
function places(faults: readonly FaultGroup[]): number[] {
  return faults.flatMap(({first}) => first.flatMap(({at}) => (at ? [at.byte] : [])));
}

/** Places to cut a file, upwards: all of them, or some that depend on nothing but its size. */
function cuts(sizeBytes: number): number[] {
  if (sizeBytes <= EVERY_CUT_BYTES) return Array.from({length: sizeBytes}, (_, at) => at);
  let seed = sizeBytes;
  const places = Array.from({length: SEEDED_CUTS}, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * sizeBytes);
  });
  return [...new Set(places)].toSorted((a, b) => a - b);
}
