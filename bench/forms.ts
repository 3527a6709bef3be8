/** Makes a tree of a million nodes from a million samples, by a seed, and prints, as JSON, how long each question about it takes: at first, and when the tree is kept. */
import type {CallTreeQuery} from '../src/derive/call-tree/shape.ts';
import {asRecorded} from '../src/derive/call-tree/shape.ts';
import {noFilter} from '../src/derive/filter/shape.ts';
import {flame} from '../src/derive/flame/build.ts';
import type {FlameForm} from '../src/derive/flame/shape.ts';
import {functions} from '../src/derive/functions/build.ts';
import {matches} from '../src/derive/matches/build.ts';
import {nextMatch} from '../src/derive/next-match/build.ts';
import type {Session} from '../src/derive/derivation.ts';
import {session} from '../src/derive/session.ts';
import {TraceBuilder} from '../src/model/builder.ts';
import type {Trace} from '../src/model/trace.ts';

const NODES = 1_000_000;
const SAMPLES = 1_000_000;
const FUNCTIONS = 20_000;
const DEEPEST = 98;
const THREADS = 16;

/** Stacks as a random tree in which some places are far more likely than others, as in a program. */
function bigTrace(): Trace {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const build = new TraceBuilder('perf-script');
  build.clock = {known: 'stated', name: 'monotonic'};
  const frames = Array.from({length: FUNCTIONS}, (_, i) => build.frame(build.string(`example.com/service/package${i % 200}.(*type${i % 37}).method${i}`), build.string('/srv/service'), -1, -1));
  const stacks: number[] = [];
  const depths: number[] = [];
  while (stacks.length < NODES) {
    const at = stacks.length === 0 ? -1 : Math.max(random(stacks.length), random(stacks.length));
    const isRoot = at < 0 || depths[at] >= DEEPEST || random(1000) === 0;
    const stack = build.stack(isRoot ? -1 : stacks[at], frames[Math.min(random(FUNCTIONS), random(FUNCTIONS))]);
    if (stack !== stacks.length) continue;
    stacks.push(stack);
    depths.push(isRoot ? 1 : depths[at] + 1);
  }
  const event = build.event(build.string('cpu-clock'));
  const comm = build.string('service');
  for (let i = 0; i < SAMPLES; i++) {
    const row = build.samples.add();
    const {rows} = build.samples;
    rows.timeNs[row] = i * 1000;
    rows.period[row] = 1_000_000;
    rows.thread[row] = build.thread(1, 1 + random(THREADS), comm);
    rows.comm[row] = comm;
    rows.cpu[row] = -1;
    rows.event[row] = event;
    rows.stack[row] = stacks[random(NODES)];
  }
  build.saw(0);
  build.saw(SAMPLES * 1000);
  return build.finish();
}

const trace = bigTrace();
const query: CallTreeQuery = {...asRecorded, source: 0, event: 0, weight: 'period', range: null, filter: noFilter};
const widthPx = 1600;
const open = () => session([{id: 0, name: 'made', trace}], new Map());
const common = {query, path: [], widthPx, search: '', ignoreCase: true};
const picture = (form: FlameForm, search = '') => (of: Session) => flame.answer(of, {...common, form, search});
const kept = open();
const {tree} = kept.callTree(query)!;
/** A function in the middle of the tree. */
const of = {name: tree.names[tree.name[Math.floor(tree.length / 2)]], kind: tree.kindOfName[tree.name[Math.floor(tree.length / 2)]]};
const questions: Readonly<Record<string, (of: Session) => unknown>> = {
  'top down': picture({kind: 'top-down'}),
  search: picture({kind: 'top-down'}, 'method77'),
  'bottom up': picture({kind: 'bottom-up'}),
  callers: picture({kind: 'callers', of}),
  callees: picture({kind: 'callees', of}),
  'in time': picture({kind: 'time', per: 'thread', row: null, window: null}),
  functions: (at) => functions.answer(at, {query, sort: {by: 'total', descending: true}, search: '', ignoreCase: true, first: 0, count: 40, bins: 60, of: null}),
  'next match': (at) => nextMatch.answer(at, {query, search: 'method77', ignoreCase: true, path: [], step: 1}),
  matches: (at) => matches.answer(at, {query, fromNs: 0, toNs: SAMPLES * 1000, widthPx, search: 'method77', ignoreCase: true}),
  collapsed: (at) => flame.answer(at, {...common, form: {kind: 'top-down'}, query: {...query, transforms: [{kind: 'collapse-recursion'}]}}),
  'by thread': (at) => flame.answer(at, {...common, form: {kind: 'top-down'}, query: {...query, rootedBy: 'thread'}}),
};

/** Of this process' own time, so that what else the machine does tells less. */
function ms(act: () => unknown): number {
  const start = process.cpuUsage();
  act();
  const {user, system} = process.cpuUsage(start);
  return (user + system) / 1000;
}

const figures: Record<string, {readonly firstMs: number; readonly keptMs: number}> = {};
for (const [name, ask] of Object.entries(questions)) {
  const fresh = open();
  const firstMs = ms(() => ask(fresh));
  const again = Array.from({length: 5}, () => ms(() => ask(fresh))).sort((a, b) => a - b);
  figures[name] = {firstMs, keptMs: again[2]};
}
process.stdout.write(JSON.stringify({nodes: tree.length, samples: SAMPLES, figures}));
