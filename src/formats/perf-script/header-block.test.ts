/** What the `# ` lines in front of the records say of the clock and the recording. */
import {expect, test} from 'vitest';
import {TraceBuilder} from '../../model/builder.ts';
import {HeaderBlock} from './header-block.ts';

function read(...lines: string[]): {block: HeaderBlock; build: TraceBuilder} {
  const build = new TraceBuilder('perf-script');
  const block = new HeaderBlock(build);
  for (const line of lines) block.line(line);
  return {block, build};
}

const onClock = (id: number) => `# event : name = cpu-clock, , id = { 1, 2 }, type = 1, use_clockid = 1, sample_id_all = 1, clockid = ${id}`;

test.each([
  ['no header says nothing of the clock', [], {known: 'not-stated', name: null}],
  ['a header that names no clock means perf’s own', ['# cmdline : /usr/bin/perf record -g ./app'], {known: 'default', name: 'perf'}],
  ['so does one whose events use none', ['# event : name = cpu-clock, , id = { 1 }, clockid = 1'], {known: 'default', name: 'perf'}],
  ['an event’s clock is the clock', [onClock(1)], {known: 'stated', name: 'monotonic'}],
  ['several events on one clock agree', [onClock(7), onClock(7)], {known: 'stated', name: 'boottime'}],
  ['two clocks are not known to be either', [onClock(1), onClock(4)], {known: 'not-stated', name: null}],
  ['the clockid line names it, too', ['# clockid: monotonic (1)', onClock(1)], {known: 'stated', name: 'monotonic'}],
  ['an event without a number uses the realtime clock, which is number 0', ['# event : name = x, use_clockid = 1'], {known: 'stated', name: 'realtime'}],
  ['a clock without a name keeps its number', [onClock(99)], {known: 'stated', name: 'clock 99'}],
])('%s', (_, lines, clock) => {
  expect(read(...lines).block.clock()).toEqual(clock);
});

test('facts are kept under their own words, the first of a kind, and the version is told', () => {
  const {build} = read('# ========', '# captured on    : Mon Nov 23 12:07:06 2026', '# hostname : demo', '# hostname : other', '# perf version : 6.1.192', '#');
  expect(build.headers).toEqual({'captured on': 'Mon Nov 23 12:07:06 2026', hostname: 'demo', 'perf version': '6.1.192'});
  expect(build.version).toBe('6.1.192');
});

const reference = '# reference time: 2026-11-22 15:09:16.836237 = 1795360156.836237 (TOD) = 3030.694698070 (monotonic)';

test('the reference time is one moment on two clocks, exact to the nanosecond', () => {
  const {block, build} = read(onClock(1), reference);
  block.reading(3_000_000_000_000n);
  expect(build.clockReadings).toEqual([{timeNs: 30_694_698_070, monotonicNs: 3_030_694_698_070n, wallNs: 1_795_360_156_836_237_000n}]);
});

test('a reference on another clock than the times is not used', () => {
  const {block, build} = read(onClock(7), reference);
  block.reading(0n);
  expect(build.clockReadings).toEqual([]);
});
