/** Opens a file in this process and prints, as JSON, how long its call tree takes: at first (with what is kept for the trace) and again. */
import {fileSource} from '../src/cli/files.ts';
import {noFilter} from '../src/derive/filter/shape.ts';
import {asRecorded, type CallTreeQuery} from '../src/derive/call-tree/shape.ts';
import {session} from '../src/derive/session.ts';
import {openFile} from '../src/formats/open.ts';

const path = process.argv[2];
const opened = await openFile(fileSource(path), {breathe: () => Promise.resolve()});
if (opened.is !== 'capture') throw new Error(`${path} could not be read`);
const {trace} = opened;

const query: CallTreeQuery = {source: 0, event: 0, ...asRecorded, weight: 'samples', filter: noFilter, range: null};

function callTreeMs(): number {
  const startMs = performance.now();
  session([{id: 0, name: path, trace: trace!}], new Map()).callTree(query);
  return performance.now() - startMs;
}

process.stdout.write(JSON.stringify({samples: trace.samples.length, stacks: trace.stacks.length, firstMs: callTreeMs(), againMs: callTreeMs()}));
