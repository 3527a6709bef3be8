/** `morestack functions` against sums over the lines of `samples` and `growth`. */
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {jsonLines, morestack} from './morestack.ts';

const files = ['perf.txt.gz', 'trace.out.gz'].map((name) => fileURLToPath(new URL(`../../examples/http/captures/${name}`, import.meta.url)));

interface FunctionLine {
  readonly name: string | null;
  readonly kind: string;
  readonly self: number;
  readonly total: number;
  readonly count: number;
}

async function lines<T>(...args: string[]): Promise<T[]> {
  const {stdout, exitCode, stderr} = await morestack(...args);
  expect({exitCode, stderr}).toEqual({exitCode: 0, stderr: ''});
  return jsonLines(stdout) as T[];
}

test.each([
  ['samples', []],
  ['period', []],
  ['samples', ['--start-function', 'main.visitor']],
] as const)('self and total of every function are what the samples say: %s %j', async (weight, options) => {
  const samples = (await lines<{stack: string[] | null; weight: number}>('samples', ...files, ...options));
  const self = new Map<string, number>();
  const total = new Map<string, number>();
  let whole = 0;
  for (const {stack, weight: period} of samples) {
    const weighs = weight === 'period' ? period : 1;
    whole += weighs;
    if (!stack) continue;
    self.set(stack.at(-1)!, (self.get(stack.at(-1)!) ?? 0) + weighs);
    for (const name of new Set(stack)) total.set(name, (total.get(name) ?? 0) + weighs);
  }
  const functions = await lines<FunctionLine>('functions', ...files, '--weight', weight, ...options);
  const named = functions.filter(({name}) => name !== null && total.has(name));
  expect(named.length).toBeGreaterThan(5);
  for (const {name, self: own, total: all} of named) expect({name, own, all}).toEqual({name, own: self.get(name!) ?? 0, all: total.get(name!)});
  expect(functions.reduce((sum, each) => sum + each.self, 0)).toBe(whole);
  expect(named.length).toBe([...total.keys()].filter((name) => name !== '[unknown]').length);
});

test.each([['growths', () => 1], ['copiedBytes', ({oldBytes}: {oldBytes: number}) => oldBytes], ['copyNs', ({durationNs}: {durationNs: number}) => durationNs]] as const)('%s of all functions together are those of all growths', async (weight, of) => {
  const grown = (await lines<{kind: string; oldBytes: number; durationNs: number}>('growth', '--source', 'trace', ...files)).filter(({kind}) => kind === 'growth');
  const functions = await lines<FunctionLine>('functions', ...files, '--weight', weight);
  expect(functions.reduce((sum, {self}) => sum + self, 0)).toBe(grown.reduce((sum, line) => sum + of(line), 0));
});

test.each([['runningNs'], ['runnableNs'], ['waitingNs'], ['syscallNs']] as const)('%s of all functions together is that of all goroutines', async (weight) => {
  const goroutines = await lines<Record<string, number>>('goroutines', ...files);
  const functions = await lines<FunctionLine>('functions', ...files, '--weight', weight);
  expect(functions.reduce((sum, {self}) => sum + self, 0)).toBe(goroutines.reduce((sum, line) => sum + line[weight], 0));
});
