/**
 * Runs of a scheduler in small, written as Go writes them. Their true order must come out however the batches lie in the file; and
 * where the clocks of the threads disagree, an order that the scheduler could have gone through.
 */
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {streamOf} from '../../testing/bytes.ts';
import {beginning, impossibleStep, schedules, type Step} from '../../testing/go-trace-wire-schedule.ts';
import {wireBytes} from '../../testing/go-trace-wire.ts';
import {SYNC} from './ordered-event.ts';
import {readEvents} from './read-events.ts';

const BEGIN_TICKS = 1000;
const TICKS_PER_STEP = 10;

/** How the steps lie in the file: after which of a thread's events a batch ends, and from whose batches the next one is taken. */
interface Layout {
  readonly ends: readonly boolean[];
  readonly picks: readonly number[];
  /** What the clock of threads 1, 2 and 3 is ahead by, in ticks. */
  readonly aheadTicks: readonly number[];
}

const layouts = (maxAhead: number): fc.Arbitrary<Layout> =>
  fc.record({
    ends: fc.array(fc.boolean(), {minLength: 20, maxLength: 20}),
    picks: fc.array(fc.nat(2), {minLength: 20, maxLength: 20}),
    aheadTicks: fc.array(fc.integer({min: 0, max: maxAhead}), {minLength: 3, maxLength: 3}),
  });

function wireOf(steps: readonly Step[], {ends, picks, aheadTicks}: Layout): Uint8Array {
  const ofThread = new Map<number, string[]>();
  const last = new Map<number, {ticks: number; events: number}>();
  for (const [i, {m, name, args}] of [...beginning, ...steps].entries()) {
    const ticks = BEGIN_TICKS + i * TICKS_PER_STEP + aheadTicks[m - 1];
    const batches = ofThread.get(m) ?? [];
    ofThread.set(m, batches);
    const before = last.get(m);
    const begins = !before || ends[before.events % ends.length];
    if (begins) batches.push(`batch gen=1 m=${m} time=${ticks}`);
    batches[batches.length - 1] += `\n${name} dt=${begins ? 0 : ticks - before.ticks} ${args}`;
    last.set(m, {ticks, events: (before?.events ?? 0) + 1});
  }
  const lines = ['trace go 1.23', 'batch gen=1 m=none time=1', 'Frequency freq=15625000'];
  const threads = [...ofThread.values()];
  for (let n = 0; threads.some((batches) => batches.length > 0); n++) {
    const left = threads.filter((batches) => batches.length > 0);
    lines.push(left[picks[n % picks.length] % left.length].shift()!);
  }
  return wireBytes(lines.join('\n'));
}

/** The steps in the order that comes out; a switch, which shows as three events, once. */
async function ordered(steps: readonly Step[], layout: Layout): Promise<{order: readonly Step[]; problem: string | null}> {
  const left = new Map<number, Step[]>();
  for (const step of [...beginning, ...steps]) left.set(step.m, [...(left.get(step.m) ?? []), step]);
  const order: Step[] = [];
  let lastByte = -1;
  const end = await readEvents(streamOf(wireOf(steps, layout)), true, {
    start: () => {},
    generation: () => {},
    problem: () => {},
    breathe: () => Promise.resolve(),
    event: ({type, m, byte}) => {
      if (type === SYNC || byte === lastByte) return;
      lastByte = byte;
      order.push(left.get(m)!.shift()!);
    },
  });
  return {order: order.slice(beginning.length), problem: end?.message ?? null};
}

test('the true order comes out, however the events are cut into batches and the batches mixed', async () => {
  await fc.assert(
    fc.asyncProperty(schedules(60), layouts(0), async (steps, layout) => {
      expect(await ordered(steps, layout)).toEqual({order: steps, problem: null});
    }),
    {numRuns: 300},
  );
});

test('where the clocks of threads disagree, all events come out once, in an order that the scheduler could have gone through', async () => {
  await fc.assert(
    fc.asyncProperty(schedules(60), layouts(300), async (steps, layout) => {
      // The beginning of thread 1 must stay the beginning of all.
      const {order, problem} = await ordered(steps, {...layout, aheadTicks: [0, ...layout.aheadTicks.slice(1)]});
      expect(problem).toBe(null);
      expect(order.length).toBe(steps.length);
      expect(impossibleStep(order)).toBe(null);
    }),
    {numRuns: 300},
  );
});
