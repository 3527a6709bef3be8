/** Folded stacks: any stacks that can be written so read back, and every other line is told. */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {integrity} from '../../model/integrity.ts';
import {text, type Trace} from '../../model/trace.ts';
import {bytesOf, parsedAs} from '../../testing/bytes.ts';
import {folded} from './format.ts';

const parse = (content: string, pieceBytes?: number) => parsedAs(folded, content, pieceBytes);

/** The stacks, root first, with their counts. */
function stacksOf(trace: Trace): [string[], number][] {
  return Array.from(trace.samples.stack, (stack, row) => {
    const names: string[] = [];
    for (let at = stack; at >= 0; at = trace.stacks.parent[at]) names.unshift(text(trace, trace.frames.name[trace.stacks.frame[at]])!);
    return [names, trace.sampleCount![row]];
  });
}

const name = fc.string({unit: fc.constantFrom('a', 'b', ' ', '#', '1', '(', ',', '程', '.'), maxLength: 8});
const stack = fc.array(name, {minLength: 1, maxLength: 6}).filter((names) => names.join(';') !== '' && !names[0].startsWith('#'));

test('stacks that are written one a line read back with their counts, in any pieces', async () => {
  const lines = fc.array(fc.tuple(stack, fc.maxSafeNat()), {minLength: 1, maxLength: 10});
  await fc.assert(fc.asyncProperty(lines, fc.constantFrom('\n', '\r\n'), fc.integer({min: 1, max: 99}), async (list, newline, pieceBytes) => {
    const trace = await parse(list.map(([names, count]) => `${names.join(';')} ${count}${newline}`).join(''), pieceBytes);
    expect(stacksOf(trace)).toEqual(list);
    expect([trace.faults, integrity(trace)]).toEqual([[], []]);
  }), {numRuns: 500});
});

test.each([
  ['no number', 'main;read'], ['a number that is no count', 'main;read 1.5'], ['a negative number', 'main;read -1'], ['nothing but a number', '12'],
  ['a number that a double cannot hold', 'main;read 9007199254740992'], ['a space after the number', 'main;read 12 '], ['no stack', ' 12'],
])('a line with %s is skipped and told with its line and byte', async (_, line) => {
  const trace = await parse(`main;before 1\n${line}\nmain;after 2\n`);
  expect(stacksOf(trace).map(([names]) => names[1])).toEqual(['before', 'after']);
  expect(trace.faults.map(({code, severity, first}) => ({code, severity, at: first[0].at}))).toEqual([
    {code: 'folded/line', severity: 'skipped', at: {line: 2, byte: 14, lengthBytes: bytesOf(line).length}},
  ]);
});

test('comments and empty lines are no stacks', async () => {
  const trace = await parse('# samples\n\nmain;read 1\n\r\n');
  expect([trace.samples.length, trace.faults]).toEqual([1, []]);
});

test('a stack that is too deep is left out and told, and those around it stay', async () => {
  const deep = Array.from({length: 5000}, () => 'f').join(';');
  const trace = await parse(`a;b 1\n${deep} 1\na;c 1\n`);
  expect([trace.samples.length, trace.faults.map(({code}) => code)]).toEqual([2, ['folded/too-deep']]);
});

test('a last line without a newline is kept, and the file is called cut', async () => {
  const trace = await parse('a;b 1\na;b 23');
  expect(stacksOf(trace)[1]).toEqual([['a', 'b'], 23]);
  expect(trace.faults.map(({code}) => code)).toEqual(['folded/cut']);
});

test('the file has neither times nor threads nor a clock, and the trace says so', async () => {
  const trace = await parse('a;b 1\n');
  expect([trace.clock.known, trace.startNs, trace.samples.timeNs[0], trace.samples.thread[0], trace.samples.cpu[0]]).toEqual(['none', Number.NaN, Number.NaN, -1, -1]);
});

test.each([
  ['stacks', 'a;b 1\n', 'yes'],
  ['a comment first', '# x\na;b 1\n', 'yes'],
  ['single frames only', 'a 1\nb 2\n', 'no'],
  ['one line that is no stack', 'a;b 1\nhello\n', 'no'],
  ['a last line without a newline', 'a;b 1\na;b 2', 'yes'],
  ['CSV', 'a;b;c\n1;2;3\n', 'no'],
  ['bytes', 'a;b 1\n\0', 'no'],
  ['nothing', '', 'no'],
])('%s: %j is answered by %s', (_, content, verdict) => {
  expect(folded.sniff(bytesOf(content), true)).toBe(verdict);
});

test.each([['', 'need-more'], ['main;re', 'need-more'], ['# x\n', 'need-more'], ['a 1\n', 'need-more'], ['a;b 1\nhel', 'yes'], ['hello\n', 'no']])(
  'the head %j alone is answered by %s', (head, verdict) => {
    expect(folded.sniff(bytesOf(head), false)).toBe(verdict);
  });
