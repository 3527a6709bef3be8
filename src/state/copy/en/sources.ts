/** English: open files and their clocks. */
import {counted} from './counted.ts';

export const sources = {
  title: 'Sources',
  format: 'Format',
  version: (version: string) => `version ${version}`,
  clock: 'Clock',
  alignment: 'Alignment',
  holds: 'Holds',
  notKept: 'Read but not kept',
  clocks: {
    stated: (name: string) => `${name}, stated by the file`,
    default: 'perf’s default clock: the header names none',
    'not-stated': 'not stated: the text has no header',
    none: 'no times',
  },
  alignments: {
    reference: 'its clock is the axis',
    sameClock: (clock: string) => `same clock (${clock}): offset 0, both files name it`,
    byHand: (offset: string) => `shifted by hand: ${offset} ns`,
    asIs: 'times used as they are, as you chose',
  },
  notAligned: 'not aligned',
  why: {
    'default-clock': 'perf’s default clock is not the clock of Go traces. Record with -k CLOCK_MONOTONIC.',
    'not-stated': 'the text does not say its clock. Make it with perf script --header.',
    'other-clock': 'its clock is not the one of the Go trace.',
    'no-times': 'it has no times.',
  },
  consequence: 'Its samples are attributed to no goroutine.',
  offset: 'Offset in ns (its time + offset = time of the Go trace)',
  apply: 'Apply',
  reset: 'As the files say',
  badOffset: 'A whole number of nanoseconds, such as −1500 or 12000000',
  useAsIs: 'Use times as they are',
  fit: (share: string, matching: string, compared: string) => `${share} of whole call chains begin in the function their goroutine was started with (${matching} of ${compared})`,
  fitNothing: 'no whole call chain falls on a running goroutine, so the clocks can’t be compared',
  fitWarning: 'Right clocks give more than 95 %. These clocks are probably not the same.',
  refused: {
    'no-shared-thread': 'Times can’t be used as they are: no thread of this file is a thread of the trace. Was one of them recorded in a container?',
    'ranges-apart': 'Times can’t be used as they are: the two recordings do not overlap in time.',
  },
  counts: {
    threads: (count: string) => counted(count, 'thread'),
    goroutines: (count: string) => counted(count, 'goroutine'),
    samples: (count: string, event: string) => `${counted(count, 'sample')} of ${event}`,
    growths: (growths: string, shrinks: string) => `${counted(growths, 'growth')}, ${counted(shrinks, 'shrink')}`,
    noSizes: 'no stack sizes',
    notKept: (count: string, what: string) => `${count} ${what}`,
  },
  axis: 'Axis',
  axisOf: (name: string) => `Axis of ${name}`,
};
