/** Every perf text of the corpus, read whole and in pieces; nothing of it is left over, and what it cannot tell is told. */
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import type {FaultGroup} from '../../src/base/fault.ts';
import {integrity} from '../../src/model/integrity.ts';
import type {Trace} from '../../src/model/trace.ts';
import {opened} from '../../src/testing/bytes.ts';
import {traceDifference} from '../../src/testing/trace-difference.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus} from './corpus.ts';

/** Codes of what a text was not asked for; anything else is told of none of them. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  '01-go-comm-ip-sym': ['no-dso', 'no-event', 'no-thread', 'no-time'],
  '01-go-deltatime': ['relative-times'],
  '01-go-ip-sym-only': ['no-dso', 'no-event', 'no-thread', 'no-time'],
  '01-go-nodso': ['no-dso'],
  '01-go-notime': ['no-time'],
  '04-threads-only-pid': ['pid-only'],
  '09-tracepoints': ['no-stacks'],
  '09-tracepoints-pid': ['no-stacks'],
  '09-tracepoints-trace-only': ['no-stacks'],
  '26-uprobe-plus-cpu': ['no-stacks'],
  '29-uprobe-copystack': ['no-stacks'],
  '97-perf-report-header-only': ['no-samples'],
};

/** Samples of the texts that are not in the list of what is expected, as counted in their recordings. */
const SAMPLES: Readonly<Record<string, number>> = {
  '01-go-comm-ip-sym': 220, '01-go-ip-sym-only': 220, '01-go-nocomm': 220, '01-go-notime': 220, '01-go-period': 220, '04-threads-inline-srcline': 1387,
  '90-callindent': 283, '91-flags': 283, '92-brstack': 283, '93-insn': 1387, '94-metric': 1387, '95-dumpraw': 12, '97-perf-report-header-only': 0,
};

function bytesAt(path: string): Uint8Array {
  const bytes = readFileSync(corpusPath(path));
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

async function traceOf(bytes: Uint8Array, pieceBytes?: number): Promise<{trace: Trace; faults: readonly FaultGroup[]}> {
  const {trace, faults} = await opened(bytes, pieceBytes);
  return {trace: trace!, faults};
}

describeCorpus('whole perf texts', () => {
  const named = Object.keys(JSON.parse(corpusText('perf/expected-text.json')) as Record<string, unknown>);
  const paths = [...new Set([...named, ...corpusFiles('perf/text').map((name) => `perf/text/${name}`)])];

  test.each(paths)('%s', async (path) => {
    const bytes = bytesAt(path);
    const {trace, faults} = await traceOf(bytes);
    const name = /([^/]*)\.txt/.exec(path)![1];
    expect(faults.map(({severity, code}) => `${severity} ${code}`)).toEqual((TOLD[name] ?? []).map((code) => `odd perf-script/${code}`));
    expect(integrity(trace)).toEqual([]);
    if (name in SAMPLES) expect(trace.samples.length).toBe(SAMPLES[name]);
    for (const pieceBytes of [1, 7, 4096]) {
      // A byte at a time is slow, and tells no more of a large text than of its beginning.
      const part = pieceBytes === 4096 ? bytes : bytes.subarray(0, 200_000);
      const whole = part === bytes ? trace : (await traceOf(part)).trace;
      expect(traceDifference(whole, (await traceOf(part, pieceBytes)).trace), `in pieces of ${pieceBytes}`).toBe(null);
    }
  });
});
