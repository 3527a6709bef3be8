/**
 * Files of every format, damaged anywhere: never an exception, never a hang, memory no more than the input deserves. A new format is
 * tested by its fixtures being there. `MUTATIONS=100000` tries more of each format than is done by default.
 */
import {readdirSync, readFileSync} from 'node:fs';
import {describe, expect, test} from 'vitest';
import {gunzip, isGzip} from '../base/bytes/gunzip.ts';
import {integrity} from '../model/integrity.ts';
import {allBytes, parsedAs, streamOf} from '../testing/bytes.ts';
import {cpuMs, damaged, seededNumbers} from '../testing/damaged-bytes.ts';
import {formats} from './registry.ts';

const MUTATIONS = Number(process.env['MUTATIONS'] ?? 300);
/** Of CPU time: far longer than any of them takes on a slow machine, far shorter than no end. */
const LONGEST_MS = 5000;
/** What tables take at least, and what one byte of a file may become in them. */
const LEAST_BYTES = 1 << 15;
const BYTES_OF_ONE = 16;

describe.each(formats.map(({id}) => id))('%s', (id) => {
  const format = formats.find((each) => each.id === id)!;

  test('no damage is an exception, a hang, or makes more than there was', async () => {
    const files = await fixtures(`${import.meta.dirname}/${id}/fixtures/`);
    const pick = seededNumbers(20_261_123);
    let worstMs = 0;
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = damaged(files[i % files.length], pick);
      const before = process.cpuUsage();
      const trace = await parsedAs(format, bytes);
      worstMs = Math.max(worstMs, cpuMs(before));
      expect(bytesHeld(trace), `mutation ${i} of ${bytes.length} bytes`).toBeLessThan(LEAST_BYTES + BYTES_OF_ONE * bytes.length);
      // The promises of the model hold, save that times may be any.
      if (i % 10 === 0) expect(integrity(trace).filter((problem) => !problem.includes('time')), `mutation ${i}`).toEqual([]);
    }
    expect(worstMs).toBeLessThan(LONGEST_MS);
  }, 3_600_000);
});

async function fixtures(folder: string): Promise<Uint8Array[]> {
  const names = readdirSync(folder, {withFileTypes: true}).filter((entry) => entry.isFile() && !/\.expect\.json$|^README/.test(entry.name)).map(({name}) => name);
  return Promise.all(names.map(async (name) => {
    const bytes = readFileSync(folder + name);
    return isGzip(bytes) ? allBytes(gunzip(streamOf(bytes), (fault) => expect.fail(fault.message))) : bytes;
  }));
}

/** Bytes of all columns, however deep they lie. */
function bytesHeld(value: unknown): number {
  if (ArrayBuffer.isView(value)) return value.buffer.byteLength;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, part: unknown) => sum + bytesHeld(part), 0) : 0;
}
