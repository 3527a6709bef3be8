/** Captures of the corpus with the binaries they were made of: names equal to those that perf printed, and a stripped Go binary names all that the unstripped one does. */
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {memorySource} from '../../src/base/bytes/source.ts';
import {openFile} from '../../src/formats/open.ts';
import {integrity} from '../../src/model/integrity.ts';
import {text, type Trace} from '../../src/model/trace.ts';
import {openSymbols} from '../../src/symbols/open.ts';
import {locator} from '../../src/symbols/place.ts';
import {resolved, type SymbolFile} from '../../src/symbols/resolve/resolved.ts';
import {corpusPath, describeCorpus} from './corpus.ts';

async function traceOf(path: string): Promise<Trace> {
  const opened = await openFile(memorySource(path, readFileSync(corpusPath(path))), {breathe: () => Promise.resolve()});
  if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
  return opened.trace;
}

async function binary(name: string): Promise<SymbolFile> {
  const opened = await openSymbols(memorySource(name, readFileSync(corpusPath(`perf/${name}`))));
  if (!opened.ok) throw new Error(opened.fault.message);
  return {name, symbols: opened.value};
}

/** The chain of each sample, leaf first, of the frames that lie in `dso`; a frame elsewhere is a dot. Inlined calls, which perf's text of these does not have, are left out. */
function chains(trace: Trace, dso: string, nameOf = (name: string) => name): string[] {
  return Array.from(trace.samples.stack, (leaf) => {
    const names: string[] = [];
    for (let stack = leaf; stack >= 0; stack = trace.stacks.parent[stack]) {
      const frame = trace.stacks.frame[stack];
      if (trace.frames.inlined[frame] === 1) continue;
      names.push((text(trace, trace.frames.dso[frame]) ?? '').endsWith(`/${dso}`) ? nameOf(text(trace, trace.frames.name[frame]) ?? '?') : '.');
    }
    return names.join(' < ');
  });
}

/** What the Go linker puts to names, and the runtime's table has not: its mark of assembly, and until Go 1.20 the arguments of generic functions. */
const withoutMarks = (name: string) => name.replace(/\.abi\d$/, '').replace(/\[.*\]/, '[...]');

describeCorpus('symbols', () => {
  test.each([
    ['01-go-fp.data', '01-go-default.txt.gz', 'bin_gostack'],
    ['04-threads-fp.data', '04-threads.txt.gz', 'bin_threads'],
    ['42-go125-fp.data', '42-go125-fp.txt.gz', 'bin_gostack_go125'],
  ])('%s and its binary give each sample the names that perf printed', async (data, printed, name) => {
    const {trace, dsos} = resolved(await traceOf(`perf/${data}`), [await binary(name)]);
    expect(integrity(trace)).toEqual([]);
    expect(dsos.find(({dso}) => dso.endsWith(name))).toMatchObject({framesLeft: 0, samplesLeft: 0});
    expect(chains(trace, name)).toEqual(chains(await traceOf(`perf/text/${printed}`), name));
  });

  test.each(['02-go-stripped-fp.data', 'text/02-go-stripped.txt.gz'])('a stripped Go binary names every Go frame of %s, as the unstripped one does', async (capture) => {
    const parsed = await traceOf(`perf/${capture}`);
    const stripped = await binary('bin_gostack_stripped');
    const {trace, dsos} = resolved(parsed, [stripped]);
    expect(integrity(trace)).toEqual([]);
    expect(dsos.find(({dso}) => dso.endsWith('bin_gostack_stripped'))).toMatchObject({samples: 414, framesLeft: 0, samplesLeft: 0});
    const whole = await binary('bin_gostack');
    const byWhole = resolved(parsed, [{...whole, name: 'bin_gostack_stripped'}]).trace;
    expect(chains(trace, 'bin_gostack_stripped')).toEqual(chains(byWhole, 'bin_gostack_stripped', withoutMarks));
  });

  test('every function of the unstripped binary has its name in the stripped one', async () => {
    const [{symbols}, stripped] = [await binary('bin_gostack'), await binary('bin_gostack_stripped')];
    const [whole, thin] = [locator(symbols), locator(stripped.symbols)];
    const starts = [...symbols.functions.start].filter((start) => whole(start)[0].name !== 'runtime.etext');
    expect(starts.length).toBeGreaterThan(1400);
    expect(starts.map((start) => thin(start).at(-1)?.name)).toEqual(starts.map((start) => withoutMarks(whole(start).at(-1)?.name ?? '')));
    expect(stripped.symbols.functions.length).toBe(0);
  });

  test('a binary of another build is refused, with both build ids', async () => {
    const {dsos, trace} = resolved(await traceOf('perf/07-cpp-fp.data'), [{...(await binary('bin_threads')), name: 'bin_cpp'}]);
    expect(dsos.find(({dso}) => dso.endsWith('bin_cpp'))?.state).toEqual({
      is: 'refused', file: 'bin_cpp', wanted: 'c3e239e029a2d67a14088d1c4972b7e8ac14935d', found: 'ea4e40bdfc847195f57721f184fe3a8e16f6cdbb',
    });
    expect(trace.unresolved.length).toBeGreaterThan(0);
  });
});
