/** English: whose samples are looked at, and what narrows the view. */
import {counted} from './counted.ts';

export const process = {
  choose: 'Choose process, thread or comm',
  search: 'Name or number',
  everyProcess: (count: string) => (count === '1' ? 'The whole capture' : `All ${count} processes`),
  everyName: (count: string) => (count === '1' ? 'The whole capture' : `All of ${count} comms`),
  /** On the button while nothing is chosen. */
  processes: (count: string) => counted(count, 'process', 'processes'),
  names: (count: string) => counted(count, 'comm'),
  threads: (count: string) => counted(count, 'thread'),
  chosen: (name: string, share: string) => `${name} · ${share} of samples`,
  pid: (name: string, pid: string) => (name === '' ? `pid ${pid}` : `${name} (pid ${pid})`),
  tid: (name: string, tid: string) => (name === '' ? `tid ${tid}` : `${name} (tid ${tid})`),
  unnamed: 'without a name',
  noPids: 'This text names no pids: threads go by their comm. perf script -F +pid adds them.',
  ofTrace: 'Go trace',
  ofTraceWhy: 'Most samples on the threads of the Go trace are of it',
  open: (name: string) => `Threads of ${name}`,
  more: (count: string) => `${count} more: search for them`,
  none: 'None has that in its name or number',
  filters: 'Narrowed to',
  preset: 'chosen beforehand: the Go trace is of it',
  showAll: 'Show all',
  remove: (what: string) => `No longer only ${what}`,
  removeAll: 'Remove every filter',
  chips: {
    process: (what: string) => `process ${what}`,
    thread: (tid: string) => `thread ${tid}`,
    comm: (comm: string) => `comm ${comm}`,
    startFunction: (name: string) => `started as ${name}`,
    cause: (name: string) => `grown by ${name}`,
    goroutine: (id: string) => `goroutine ${id}`,
  },
};
