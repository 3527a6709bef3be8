/** Stacks that a trace recorded stand with the goroutine that they are of. */
import {expect, test} from 'vitest';
import type {Trace} from '../../model/trace.ts';
import {goTraceFromText} from '../../testing/go-trace-from-text.ts';
import {stackText} from '../../testing/trace-summary.ts';
import {eventStacks} from './event-stacks.ts';

function stacksOf(trace: Trace, goroutine: number): string[] {
  const {first, timeNs, stack} = eventStacks(trace, true);
  return Array.from({length: first[goroutine + 1] - first[goroutine]}, (_, i) => `${timeNs[first[goroutine] + i]} ${stackText(trace, stack[first[goroutine] + i])}`);
}

const trace = goTraceFromText(`
               0ns     10ns                       20ns                 30ns
  G1 main.a    run M7                             wait {main.a;chan}
  G2 main.b            ready {main.a;go} by G1    run M8               wait {main.b;lock}
  G3 main.c    wait
`, {cpuSamples: '25ns G2 M8 main.b;main.f\n5ns G1 M7 main.a\n26ns G- M8 runtime.mcall'});

test('a stack is of the goroutine that was stopped, or of the one that caused the event', () => {
  expect(stacksOf(trace, 0)).toEqual(['5 main.a', '10 main.a;go', '20 main.a;chan']);
  expect(stacksOf(trace, 1)).toEqual(['25 main.b;main.f', '30 main.b;lock']);
});

test('a goroutine without a stack has none, and a sample of nobody is in no list', () => {
  expect(stacksOf(trace, 2)).toEqual([]);
  expect(eventStacks(trace, true).stack).toHaveLength(5);
});
