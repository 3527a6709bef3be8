/** English: the status line. */
import {counted} from './counted.ts';

export const status = {
  selected: (from: string, to: string, length: string) => `${from} to ${to} selected (${length})`,
  whole: (length: string) => `${length} recorded`,
  samples: (count: string) => counted(count, 'sample'),
  samplesInView: (inView: string, all: string) => `${inView} of ${counted(all, 'sample')}`,
  faults: (count: string) => counted(count, 'fault'),
  goroutines: (count: string) => counted(count, 'goroutine'),
  reading: (name: string, done: string) => `reading ${name}: ${done}`,
  again: (name: string, done: string) => `unwinding the stacks of ${name} anew: ${done}`,
  stop: 'stop',
  stopAgain: (name: string) => `stop: the stacks of ${name} stay as they are`,
  waits: (name: string) => `${name} waits for its turn`,
  working: 'worker busy',
  idle: 'worker idle',
  heldHelp: 'What the tables of the open files take in the worker’s memory',
  local: 'nothing leaves this browser',
};
