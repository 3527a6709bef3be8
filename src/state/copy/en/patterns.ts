/** English: patterns of growth, what proves them, what they cost and what helps. */
import {counted} from './counted.ts';

export const patterns = {
  title: 'Patterns',
  names: {'churn': 'Churn regrowth', 'oscillation': 'GC oscillation', 'big-frame': 'One big frame'},
  /** Behind the name, in the headline. */
  short: {
    'churn': (goroutines: string) => `${counted(goroutines, 'goroutine')} climb the same ladder`,
    'oscillation': (times: string) => `grew back ${counted(times, 'time', 'times')}`,
    'big-frame': (times: string) => `${counted(times, 'jump')} to more than twice the size`,
  },
  goroutinesOf: (goroutines: string) => `${counted(goroutines, 'goroutine')} started as {start}`,
  goroutinesUnknown: (goroutines: string) => counted(goroutines, 'goroutine'),
  facts: {
    'churn': (growths: string, times: string) => `${counted(growths, 'growth')} on this ladder; ${times} of them were born after another one had ended, and climbed what it had climbed.`,
    'oscillation': (growths: string, times: string) => `${counted(times, 'shrink')} undone by ${counted(growths, 'growth')}.`,
    'big-frame': (growths: string) => `${counted(growths, 'growth')} to more than twice the size.`,
  },
  frame: (size: string) => `The frame of the function that grew is larger than ${size}.`,
  between: (least: string, largest: string) => `between ${least} and ${largest}`,
  cost: 'Cost',
  copying: (duration: string) => `${duration} of copying`,
  copied: (size: string) => `≤ ${size} copied`,
  noTime: 'probes do not tell how long',
  where: 'Where',
  causes: {
    sample: (part: string) => `${part} of the growths, by their own stack`,
    caller: (part: string) => `nearest caller that was recorded, ${part} of the growths`,
    event: (part: string) => `neighbouring event of ${part} of the growths, not the cause`,
  },
  instance: (goroutine: string) => `Show ${goroutine}`,
  onlyStart: 'Show only these goroutines',
  why: 'Why it is named',
  criteria: {
    'churn': (goroutines: string, steps: string) => `At least ${goroutines} goroutines of one start function were born in view, climbed the same first ${steps} steps or more without a gap, and half of them or more began after another one had ended.`,
    'oscillation': 'A goroutine grew to a size, a shrink took it, and a later growth reached it again.',
    'big-frame': 'The runtime doubles a stack, and goes on doubling only while the frame of the function that grows does not fit (runtime.newstack). So a jump to more than twice the size is one frame.',
  },
  helps: 'What helps',
  remedies: {
    'churn': [
      'Let goroutines live on: workers that take work from a channel climb once, not once a request.',
      'Make the frames on this path smaller: large arrays and structs by value into slices or pointers.',
      'Since Go 1.19 new goroutines start with the average size that the last collection found in use. See that GODEBUG does not hold adaptivestackstart=0.',
    ],
    'oscillation': [
      'To confirm: with GODEBUG=gcshrinkstackoff=1 stacks only grow. If the cost is gone, this was it.',
      'Keep the depth steady: walk with a loop and a slice instead of deep recursion, or do the deep part in a worker that does nothing else.',
      'A stack shrinks at most once a collection: with fewer collections (GOGC, GOMEMLIMIT) it shrinks less often.',
    ],
    'big-frame': [
      'Move the large array or struct to the heap: a slice from make, a pointer, or a sync.Pool.',
      'If only a rare branch needs it, split that branch into a function of its own, marked //go:noinline.',
      'go build -gcflags=-S prints the size of each function’s frame as locals=.',
    ],
  } as Readonly<Record<'churn' | 'oscillation' | 'big-frame', readonly string[]>>,
  none: 'The events in view prove no pattern.',
  looked: 'These are looked for, and named on no less than this:',
  noSizes: 'Patterns are proven by changes of stack sizes, and no open file tells of them.',
  more: (count: string) => `${count} more, each of less cost`,
  start: 'Open a file to see how stacks grow.',
};
