/** Opens a Go binary, makes a trace of a million distinct addresses in its code, by a seed, and prints, as JSON, the CPU time that opening and naming them takes. */
import {fileSource} from '../src/cli/files.ts';
import {TraceBuilder} from '../src/model/builder.ts';
import {AddressKind} from '../src/model/tables.ts';
import type {Trace} from '../src/model/trace.ts';
import {GoFunctions} from '../src/symbols/go/functions.ts';
import {openSymbols} from '../src/symbols/open.ts';
import {resolved} from '../src/symbols/resolve/resolved.ts';
import type {Symbols} from '../src/symbols/shape.ts';

const ADDRESSES = 1_000_000;
const DEPTH = 20;
/** By it the binary is known: callers of this trace stand behind no call, so by its name it would be refused. */
const BUILD_ID = 'aa'.repeat(20);

/** Stacks of addresses spread over all of the binary's functions, none twice. */
function bigTrace(symbols: Symbols): Trace {
  if (!symbols.go) throw new Error('not a Go binary');
  const functions = new GoFunctions(symbols.go);
  const first = functions.entryOf(0);
  const step = (functions.entryOf(symbols.go.functionCount) - first) / ADDRESSES;
  const build = new TraceBuilder('perf-data');
  const event = build.event(build.string('cycles'));
  const dso = build.string('/srv/app');
  const offset = symbols.segments.address[symbols.segments.executable.indexOf(1)] - symbols.segments.fileOffset[symbols.segments.executable.indexOf(1)];
  for (let i = 0; i < ADDRESSES; i += DEPTH) {
    let stack = -1;
    for (let depth = 0; depth < DEPTH; depth++) {
      // A prime step goes everywhere before it comes back.
      const at = Math.floor(first + (((i + depth) * 611_953) % ADDRESSES) * step);
      stack = build.stack(stack, build.unresolvedFrame(BigInt(at - offset), dso, AddressKind.FileOffset));
    }
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = rows.period[row] = Number.NaN;
    rows.thread[row] = build.thread(1, 1);
    rows.comm[row] = rows.cpu[row] = -1;
    rows.event[row] = event;
    rows.stack[row] = stack;
  }
  const id = build.buildIds.add();
  build.buildIds.rows.dso[id] = dso;
  build.buildIds.rows.buildId[id] = build.string(BUILD_ID);
  return build.finish();
}

const [path] = process.argv.slice(2);
const cpuMs = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
let start = cpuMs();
const opened = await openSymbols(fileSource(path));
const openMs = cpuMs() - start;
if (!opened.ok) throw new Error(opened.fault.message);
const trace = bigTrace(opened.value);
start = cpuMs();
const {dsos, trace: named} = resolved(trace, [{name: 'app', symbols: {...opened.value, buildId: BUILD_ID}}]);
const resolveMs = cpuMs() - start;
process.stdout.write(JSON.stringify({addresses: trace.unresolved.length, left: dsos[0].framesLeft, frames: named.frames.length, stacks: named.stacks.length, openMs, resolveMs}));
