/** The drawing of a trace is only worth something if it says what it seems to say. */
import {expect, test} from 'vitest';
import {integrity} from '../model/integrity.ts';
import {sampleWeight, text, type Trace} from '../model/trace.ts';
import {traceFromText} from './trace-from-text.ts';

const stackNames = (trace: Trace, sample: number) => {
  const names: (string | null)[] = [];
  for (let row = trace.samples.stack[sample]; row >= 0; row = trace.stacks.parent[row]) names.unshift(text(trace, trace.frames.name[trace.stacks.frame[row]]));
  return names;
};

test('a column is a sample, with its time on top and its stack below, root first', () => {
  const trace = traceFromText(`
    0ms   1.5ms  2us
    main  main   main
    read  parse  read
          copy
  `);
  expect([...trace.samples.timeNs]).toEqual([0, 1_500_000, 2000]);
  expect([0, 1, 2].map((sample) => stackNames(trace, sample))).toEqual([['main', 'read'], ['main', 'parse', 'copy'], ['main', 'read']]);
  expect(trace.samples.stack[0]).toBe(trace.samples.stack[2]);
  expect([trace.startNs, trace.endNs]).toEqual([0, 1_500_000]);
  expect(integrity(trace)).toEqual([]);
});

test('a name with spaces stays one frame, since columns are told apart by where their times stand', () => {
  const trace = traceFromText(`
    0ns            1ns
    operator new   main
  `);
  expect(stackNames(trace, 0)).toEqual(['operator new']);
});

test('a column without frames is a sample without a stack', () => {
  const trace = traceFromText(`
    0ns  1ns
         main
  `);
  expect([...trace.samples.stack]).toEqual([-1, 0]);
});

test('thread, event and weight are given for all samples or for each', () => {
  const trace = traceFromText('0s 1s', {tid: [7, 8], event: ['cycles', 'page-faults'], weight: 5});
  expect([...trace.samples.thread].map((row) => trace.threads.tid[row])).toEqual([7, 8]);
  expect([...trace.samples.event].map((row) => text(trace, trace.events.name[row]))).toEqual(['cycles', 'page-faults']);
  expect([sampleWeight(trace, 0), sampleWeight(trace, 1)]).toEqual([5, 5]);
  expect(sampleWeight(traceFromText('0s'), 0)).toBe(1);
});

test.each([
  ['a cell left of all columns', '  0ms\nmain', 'begins before the first column'],
  ['a time that is none', 'soon\nmain', 'is no time'],
  ['a frame that hangs in the air', '0ms  1ms\n     main\nread main', 'hangs in the air'],
  ['fewer values than samples', '0ms 1ms', 'values for more samples'],
])('%s is refused, with the reason', (_, drawing, reason) => {
  const draw = () => traceFromText(drawing, {weight: drawing === '0ms 1ms' ? [1] : 1});
  expect(draw).toThrow(reason);
});
