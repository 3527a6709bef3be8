/** A trace -> its log messages: what `trace.Log` wrote, as one line each. Made once per trace and kept by the session. */
import {text, type Trace} from '../../model/trace.ts';
import type {Logs} from './shape.ts';

export function logs(trace: Trace): Logs {
  const {instants, instantArguments: given} = trace;
  const rows: number[] = [];
  const texts: string[] = [];
  let at = 0;
  for (let row = 0; row < instants.length; row++) {
    while (at < given.length && given.row[at] < row) at++;
    if (text(trace, instants.name[row]) !== 'UserLog') continue;
    const said = new Map<string | null, string | null>();
    for (let i = at; i < given.length && given.row[i] === row; i++) said.set(text(trace, given.key[i]), text(trace, given.text[i]));
    rows.push(row);
    texts.push([said.get('category'), said.get('message')].filter((part) => part).join(': '));
  }
  return {rows: Int32Array.from(rows), times: Float64Array.from(rows, (row) => instants.timeNs[row]), texts};
}
