/** Copied stacks of the corpus, unwound by the binary: how far the chains go, and that frame pointers of the same program show the same calls. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {StackEnd} from '../../src/model/tables.ts';
import {text, type Trace} from '../../src/model/trace.ts';
import {openSymbols} from '../../src/symbols/open.ts';
import {resolved, type SymbolFile} from '../../src/symbols/resolve/resolved.ts';
import {forUnwinding} from '../../src/symbols/unwind/shape.ts';
import {jsonLines, morestack} from '../cli/morestack.ts';
import {corpusPath, describeCorpus} from './corpus.ts';

const source = (path: string) => memorySource(path, readFileSync(corpusPath(path)));
const BINARY = 'perf/bin_gostack_go125';

async function binary(path: string): Promise<SymbolFile> {
  const opened = await openSymbols(source(path));
  if (!opened.ok) throw new Error(opened.fault.message);
  return {name: path, symbols: opened.value};
}

async function named(path: string, files: readonly SymbolFile[]): Promise<Trace> {
  const opened = await openFile(source(path), {breathe: () => Promise.resolve()}, async () => files.map(({name, symbols}) => ({name, symbols: forUnwinding(symbols)})));
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  return resolved(opened.trace, files).trace;
}

/** The user's functions of a sample, leaf first, inlined ones left out. */
function functions(trace: Trace, sample: number): string[] {
  const {samples, stacks, frames} = trace;
  const names: string[] = [];
  for (let stack = samples.stack[sample]; stack >= 0; stack = stacks.parent[stack]) {
    const frame = stacks.frame[stack];
    const isKernel = (text(trace, frames.dso[frame]) ?? '').startsWith('[kernel');
    if (!isKernel && frames.inlined[frame] === 0) names.push(text(trace, frames.name[frame]) ?? '?');
  }
  return names;
}

const calls = (chain: readonly string[]) => chain.slice(1).map((caller, i) => `${chain[i]} < ${caller}`);

describeCorpus('copied stacks', () => {
  test('every chain whose stack was copied whole reaches a root or a switch; the others end with the copy', async () => {
    const trace = await named('perf/44-go125-dwarf.data', [await binary(BINARY)]);
    const ends = [...(trace.sampleStackEnd ?? [])];
    const count = (end: StackEnd) => ends.filter((of) => of === end).length;
    expect({root: count(StackEnd.Root), switched: count(StackEnd.Switch), copied: count(StackEnd.EndOfDump), all: ends.length}).toEqual({root: 24, switched: 16, copied: 7, all: 47});
    ends.forEach((end, sample) => {
      const outermost = functions(trace, sample).at(-1)?.replace('.abi0', '') ?? '';
      if (end === StackEnd.Root) expect(outermost).toMatch(/^runtime\.(?:goexit|mstart)$/);
      if (end === StackEnd.Switch) expect(outermost).toMatch(/^runtime\.(?:morestack|systemstack|mcall)$/);
      if (end === StackEnd.EndOfDump) expect(outermost).toMatch(/^main\./);
    });
    expect(trace.faults.map(({code, count: times}) => [code, times])).toContainEqual(['perf-data/end-of-dump', 7]);
  });

  test('every call of the program’s own functions that a chain shows is one that frame pointers show', async () => {
    const files = [await binary(BINARY)];
    const [copied, pointers] = [await named('perf/44-go125-dwarf.data', files), await named('perf/42-go125-fp.data', files)];
    const shown = new Set(Array.from({length: pointers.samples.length}, (_, sample) => calls(functions(pointers, sample))).flat());
    const own = (call: string) => call.split(' < ').every((name) => name.startsWith('main.') || name.startsWith('runtime.goexit'));
    const found = new Set(Array.from({length: copied.samples.length}, (_, sample) => calls(functions(copied, sample))).flat().filter(own));
    expect(found.size).toBeGreaterThan(5);
    expect([...found].filter((call) => !shown.has(call))).toEqual([]);
  });

  test.each([[0, 1], [1, 0]])('the command line says how chains end, in whatever order the files are given', async (...order) => {
    const files = ['perf/44-go125-dwarf.data', BINARY].map(corpusPath);
    const {stdout, exitCode} = await morestack('samples', ...order.map((i) => files[i]));
    const ends = jsonLines(stdout).map(({stackEnd}) => stackEnd);
    expect([exitCode, ...['root', 'switch', 'end-of-dump'].map((end) => ends.filter((of) => of === end).length)]).toEqual([0, 24, 16, 7]);
  });

  test('without the binary frame pointers alone give chains to the same goroutines', async () => {
    const files = [await binary(BINARY)];
    const opened = await openFile(source('perf/44-go125-dwarf.data'), {breathe: () => Promise.resolve()});
    if (opened.is !== 'capture') throw new Error('not read');
    const alone = resolved(opened.trace, files).trace;
    const whole = await named('perf/44-go125-dwarf.data', files);
    let same = 0;
    for (let sample = 0; sample < whole.samples.length; sample++) {
      const [few, all] = [functions(alone, sample), functions(whole, sample)];
      let found = 0;
      for (const name of all) if (name === few[found]) found++;
      // Frame pointers leave out callers; they make none up.
      if (whole.sampleStackEnd?.[sample] === StackEnd.Root) expect(found).toBe(few.length);
      if (few.length > 1 && found === few.length) same++;
    }
    expect(same).toBeGreaterThanOrEqual(36);
  });
});
