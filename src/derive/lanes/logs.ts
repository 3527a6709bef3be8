/** The log messages of a trace: what `trace.Log` wrote, as one line each. Made once per trace. */
import {text, type Trace} from '../../model/trace.ts';

export interface Log {
  /** On the trace's own time. */
  readonly timeNs: number;
  /** Row of instants. */
  readonly row: number;
  /** `category: message`. */
  readonly text: string;
}

const logsOfTrace = new WeakMap<Trace, Log[]>();

/** In time order. */
export function logsOf(trace: Trace): readonly Log[] {
  let logs = logsOfTrace.get(trace);
  if (!logs) logsOfTrace.set(trace, (logs = readLogs(trace)));
  return logs;
}

function readLogs(trace: Trace): Log[] {
  const {instants, instantArguments: given} = trace;
  const logs: Log[] = [];
  let at = 0;
  for (let row = 0; row < instants.length; row++) {
    while (at < given.length && given.row[at] < row) at++;
    if (text(trace, instants.name[row]) !== 'UserLog') continue;
    const said = new Map<string | null, string | null>();
    for (let i = at; i < given.length && given.row[i] === row; i++) said.set(text(trace, given.key[i]), text(trace, given.text[i]));
    logs.push({timeNs: instants.timeNs[row], row, text: [said.get('category'), said.get('message')].filter((part) => part).join(': ')});
  }
  return logs;
}
