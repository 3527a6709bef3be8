/** `morestack events` against what Go's own tool printed of the same traces. */
import {existsSync, readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {morestack} from '../cli/morestack.ts';
import {corpusFiles, corpusPath, corpusText, describeCorpus, hasCorpus} from './corpus.ts';

if (!hasCorpus) process.stderr.write('\n!! the checks against the corpus were left out: no ../shared/corpus beside the checkout\n\n');

/** Traces that Go's own tool refuses in the middle. */
const broken = new Set(['go122-create-syscall-with-p', 'go122-fail-first-gen-first']);

describeCorpus('events of every trace of Go 1.22 and newer', () => {
  const traces = [...recorded('go-trace/small', 'go-trace/oracles', (name) => name.replace(/\.trace$/, '')), ...recorded('upstream-go/tracev2-bin', 'upstream-go/oracles', (name) => name)];
  const isBroken = (name: string) => [...broken].some((start) => name.includes(start));

  test('every trace has its oracle, and both broken ones are among them', () => {
    expect(traces.filter(({oracle}) => !existsSync(corpusPath(oracle)))).toEqual([]);
    expect(traces.filter(({name}) => isBroken(name))).toHaveLength(2);
    expect(traces.length).toBeGreaterThanOrEqual(40);
  });

  test.each(traces)('the header lines are those of go tool trace -d=parsed, in order: $name', async ({name, path, oracle}) => {
    const expected = corpusText(oracle).split('\n').filter(isHeader);
    const {exitCode, stdout, stderr} = await morestack('events', path);
    const lines = stdout.split('\n').filter(Boolean);
    const differs = expected.findIndex((line, i) => line !== lines[i]);
    expect(differs === -1 ? null : {line: differs, expected: expected[differs], got: lines[differs]}).toBeNull();
    expect(lines).toHaveLength(expected.length);
    expect(exitCode, stderr).toBe(isBroken(name) ? 1 : 0);
    expect(stderr === '').toBe(!isBroken(name));
  });
});

/** Stacks follow their event on lines that begin otherwise. */
function isHeader(line: string): boolean {
  return line.startsWith('M=');
}

function recorded(folder: string, oracles: string, oracleName: (name: string) => string): {name: string; path: string; oracle: string}[] {
  return corpusFiles(folder)
    .map((name) => ({name, path: corpusPath(`${folder}/${name}`), oracle: `${oracles}/${oracleName(name)}.parsed.txt.gz`}))
    .filter(({path}) => isV2(path));
}

function isV2(path: string): boolean {
  const minor = /^go 1\.(\d+) trace/.exec(readFileSync(path).toString('latin1', 0, 16))?.[1];
  return minor !== undefined && Number(minor) >= 22;
}
