/** English: the status line. */
import {counted} from './counted.ts';

export const status = {
  selected: (from: string, to: string, length: string) => `${from} to ${to} selected (${length})`,
  whole: (length: string) => `${length} recorded`,
  samples: (count: string) => counted(count, 'sample'),
  faults: (count: string) => counted(count, 'fault'),
  working: 'working …',
  local: 'nothing leaves this browser',
};
