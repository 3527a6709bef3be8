/**
 * Opens perf text and the trace of its program in this process and prints, as JSON, what the answers take that the page asks for together, in
 * ms of this process' own CPU time, by question: the first ones, those of the first brush, and those of a later one.
 */
import {fileSource} from '../src/cli/files.ts';
import {asRecorded} from '../src/derive/call-tree/shape.ts';
import type {Session} from '../src/derive/derivation.ts';
import {noFilter, type Filter} from '../src/derive/filter/shape.ts';
import {flame} from '../src/derive/flame/build.ts';
import {growthTable} from '../src/derive/growth-table/build.ts';
import {lanes} from '../src/derive/lanes/build.ts';
import {overview} from '../src/derive/overview/build.ts';
import {patterns} from '../src/derive/patterns/build.ts';
import {session} from '../src/derive/session.ts';
import {summary} from '../src/derive/summary/build.ts';
import {openFile} from '../src/formats/open.ts';

const BRUSHES = 12;

async function opened(path: string, id: number) {
  const file = await openFile(fileSource(path), {breathe: () => Promise.resolve()});
  if (file.is !== 'capture') throw new Error(`${path} could not be read`);
  return {id, name: path, trace: file.trace};
}

const [perf, trace] = process.argv.slice(2);
const open = session([await opened(perf, 1), await opened(trace, 2)], new Map());
const [{reference: group, endNs}] = open.axis.groups;
const event = {source: 1, event: 0};

type Range = {readonly fromNs: number; readonly toNs: number} | null;

/** As the page asks at 1600×900, in its order. */
function questions(range: Range, filter: Filter): Readonly<Record<string, (of: Session) => unknown>> {
  const query = {...asRecorded, source: 1, event: 0, weight: 'period' as const, range, filter};
  const sections = ['counters', 'gc', 'goroutines', 'threads'] as const;
  const rows = {sections, groupBy: 'startFunction' as const, sort: 'copyNs' as const, text: '', state: 0, reason: null, onlyGrowth: false, open: {}, sizes: {}};
  return {
    flame: (of) => flame.answer(of, {query, form: {kind: 'top-down'}, path: [], widthPx: 1600, search: '', ignoreCase: true}),
    lanes: (of) => lanes.answer(of, {group, fromNs: 0, toNs: endNs, widthPx: 1368, topPx: 0, heightPx: 1200, rows, find: null, event, range, filter}),
    ...(range ? {} : {overview: (of: Session) => overview.answer(of, {group, widthPx: 1368, event, filter, counted: null})}),
    growthTable: (of) => growthTable.answer(of, {group, range, filter, event, weight: 'period', by: 'startFunction', counted: null, search: '', sort: {by: 'growths', descending: true}, first: 0, count: 40}),
    patterns: (of) => patterns.answer(of, {group, range, filter, counted: null}),
  };
}

/** Of this process' own time, so that what else the machine does tells less. */
function cpuMs(act: () => unknown): number {
  const start = process.cpuUsage();
  act();
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1000;
}

function all(range: Range, filter: Filter): Record<string, number> {
  const each = Object.entries(questions(range, filter)).map(([name, ask]) => [name, cpuMs(() => ask(open))] as const);
  return {...Object.fromEntries(each), 'all views': each.reduce((sum, [, ms]) => sum + ms, 0)};
}

let told: ReturnType<typeof summary.answer> | null = null;
const summaryMs = cpuMs(() => (told = summary.answer(open, {})));
// The page looks at the trace's own process at first.
const filter = {...noFilter, ...told!.sources[0].traceProcess};
const first = {summary: summaryMs, ...all(null, filter)};
const brushes = Array.from({length: BRUSHES}, (_, i) => all({fromNs: ((i + 1) / (BRUSHES + 2)) * endNs, toNs: endNs}, filter));
const middle = (name: string) => brushes.slice(1).map((of) => of[name]).sort((a, b) => a - b)[BRUSHES >> 1];
process.stdout.write(JSON.stringify({first, 'first brush': brushes[0], 'later brush': Object.fromEntries(Object.keys(brushes[0]).map((name) => [name, middle(name)]))}));
