/**
 * `npm run bench -- [--runs N] [--mb N] [--only parser,trace,tree,forms,answers,resolve,page,big,data,explorer,peers] [--peer speedscope] [--peer inferno] [--peer perf] [--save]`
 * `npm run bench -- --only explorer [--gestures flame,lanes,brush] [--sizes 1600x900,2560x1440]`
 * Measures the built engine and page on inputs that are always the same, prints medians beside those of bench/baseline.json, and with
 * --save makes them the baseline. CPU seconds are user and system time of a whole process, its start included.
 */
import {spawn, spawnSync} from 'node:child_process';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {cpus, totalmem} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {build} from 'vite';
import {measureInBrowser} from './browser.mjs';
import {explore, gestures, limits} from './explorer.mjs';
import {folder, goBinary, goService, goTrace, perfData, perfText, perfTracepoints} from './inputs.mjs';
import {leftOut, peers as otherViewers} from './peer-pages.mjs';
import {measurePeers} from './peers.mjs';

const {values} = parseArgs({
  options: {
    runs: {type: 'string', default: '5'}, mb: {type: 'string', default: '100'}, only: {type: 'string', default: 'parser,trace,tree,forms,answers,page,explorer'}, peer: {type: 'string', multiple: true, default: []}, save: {type: 'boolean', default: false},
    gestures: {type: 'string', default: Object.keys(gestures).join(',')}, sizes: {type: 'string', default: '1600x900,2560x1440'},
  },
});
const runs = Number(values.runs);
const mb = Number(values.mb);
const program = process.env.MORESTACK_CLI ?? fileURLToPath(new URL('../dist-cli/morestack.js', import.meta.url));
const baselinePath = fileURLToPath(new URL('baseline.json', import.meta.url));
const accountPath = fileURLToPath(new URL('account.mjs', import.meta.url));
const baseline = existsSync(baselinePath) ? JSON.parse(readFileSync(baselinePath, 'utf8')).figures : {};
const figures = {};
/** What a machine has every Node do at its start, such as reading certificates, is no part of what is measured. */
const {NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...environment} = process.env;

if (!existsSync(program)) throw new Error('nothing is built: npm run build');
const parts = {parser, trace, tree, forms, answers, resolve, page, big, data, explorer, peers};
for (const name of values.only.split(',')) await parts[name]();
for (const peer of values.peer) await {speedscope, inferno, perf}[peer]();
if (values.save) save();

async function parser() {
  for (const vary of ['leaf', 'all']) {
    const {path, bytes} = perfText(vary, mb);
    const used = await repeat(() => usedBy([program, 'inspect', path]));
    tell(`perf text, ${vary}`, 'MB per CPU second', used.map(({cpuSeconds}) => bytes / 1e6 / cpuSeconds));
    tell(`perf text, ${vary}`, 'MiB at most', used.map(({peakMiB}) => peakMiB));
  }
  for (const [name, {path, bytes}] of Object.entries(recordings())) {
    const used = await repeat(() => usedBy([program, 'inspect', path]));
    tell(`perf.data, ${name}`, 'MB per CPU second', used.map(({cpuSeconds}) => bytes / 1e6 / cpuSeconds));
    tell(`perf.data, ${name}`, 'MB per second', used.map(({wallSeconds}) => bytes / 1e6 / wallSeconds));
    tell(`perf.data, ${name}`, 'MiB at most', used.map(({peakMiB}) => peakMiB));
  }
}

function recordings() {
  return {'call chains': perfData(mb), 'stack dumps': perfData(mb, 8192), tracepoints: perfTracepoints(mb)};
}

async function trace() {
  const input = goTrace(program);
  if (!input) return console.log('Go trace: left out, there is no Go to record one');
  const used = await repeat(() => usedBy([program, 'inspect', input.path]));
  console.log(`a trace of ${(input.bytes / 1e6).toFixed(1)} MB and ${input.events} events`);
  tell('Go trace', 'events per CPU second', used.map(({cpuSeconds}) => input.events / cpuSeconds));
  tell('Go trace', 'MiB at most', used.map(({peakMiB}) => peakMiB));
}

async function tree() {
  const program = await built('call-tree');
  const {path} = perfText('leaf', mb);
  const used = await repeat(async () => JSON.parse((await printedBy([program, path])).stdout));
  console.log(`a call tree of ${used[0].samples} samples in ${used[0].stacks} stacks`);
  tell('call tree', 'ms at first', used.map(({firstMs}) => firstMs));
  tell('call tree', 'ms again', used.map(({againMs}) => againMs));
}

/** What is asked of a tree of a million nodes that is kept; CPU time. */
async function forms() {
  const program = await built('forms');
  const used = await repeat(async () => JSON.parse((await printedBy([program])).stdout));
  console.log(`a tree of ${used[0].nodes} nodes from ${used[0].samples} samples`);
  tell('tree of a million', 'ms at first', used.map(({figures: {'top down': {firstMs}}}) => firstMs));
  for (const name of Object.keys(used[0].figures)) tell(`tree of a million, ${name}`, 'ms again', used.map((run) => run.figures[name].keptMs));
}

/** A million distinct addresses named by a Go binary of about 100 MB. */
async function resolve() {
  const input = goBinary();
  if (!input) return console.log('resolve: left out, there is no Go to build a large binary');
  const program = await built('resolve');
  const used = await repeat(async () => JSON.parse((await printedBy([program, input.path])).stdout));
  console.log(`${used[0].addresses} addresses against a binary of ${(input.bytes / 1e6).toFixed(0)} MB`);
  tell('resolve', 'ms to open the binary', used.map(({openMs}) => openMs));
  tell('resolve', 'ms for a million addresses', used.map(({resolveMs}) => resolveMs));
}

/** What the page asks of a million samples and five million events, CPU time: when they are read, at the first brush, and at a later one. */
async function answers() {
  const program = await built('answers');
  const {perf, trace} = goService({events: 5_000_000, goroutines: 10_000, samples: 1_000_000});
  const used = await repeat(async () => JSON.parse((await printedBy([program, perf, trace])).stdout));
  for (const [when, names] of Object.entries(used[0])) for (const name of Object.keys(names)) tell(`answers, ${when}`, `CPU ms, ${name}`, used.map((run) => run[when][name]));
}

/** A script of this folder as one file that Node runs. */
async function built(name) {
  const output = join(folder, name);
  await build({
    configFile: false, logLevel: 'warn', ssr: {noExternal: true},
    build: {ssr: fileURLToPath(new URL(`${name}.ts`, import.meta.url)), outDir: output, emptyOutDir: true, target: 'node20', rolldownOptions: {output: {entryFileNames: `${name}.mjs`, chunkFileNames: '[name]-[hash].mjs'}}},
  });
  return join(output, `${name}.mjs`);
}

async function page() {
  tellPage('page', await measureInBrowser('morestack', perfText('leaf', mb).path, runs, program));
}

/** A text of 1 GB: the whole picture, and those before it. */
async function big() {
  const {path, bytes} = perfText('leaf', 1000);
  const loads = await measureInBrowser('morestack', path, runs, program, true);
  tellPage('page, 1 GB', loads);
  tell('page, 1 GB', 'ms to the first picture of what is read', loads.map(({pictureMs, partsMs}) => partsMs[0] ?? pictureMs));
  tell('page, 1 GB', 'pictures before the whole one', loads.map(({partsMs}) => partsMs.length));
  tell('page, 1 GB', 'MB per second until all is read', loads.map(({readMs}) => bytes / 1e3 / readMs));
  tell('page, 1 GB', 'MB per second, the picture included', loads.map(({pictureMs}) => bytes / 1e3 / pictureMs));
}

/** 2 GB of perf.data that are call chains and nothing else: as many samples as a file of that size can hold. */
async function data() {
  tellPage('page, 2 GB of perf.data', await measureInBrowser('morestack', perfData(2000).path, runs, program));
}

/** What the limits are for is the 95th of a hundred, or the worst of what is counted or held. */
async function explorer() {
  const ratios = [];
  const names = values.gestures.split(',');
  const isAll = Object.keys(gestures).every((name) => names.includes(name));
  for (const size of values.sizes.split(',').map((text) => ({width: Number(text.split('x')[0]), height: Number(text.split('x')[1])}))) {
    const measured = await explore(program, size, runs, names);
    for (const [name, limit] of Object.entries(limits)) {
      const seen = measured[name];
      if (!seen && !isAll) continue;
      if (!seen) throw new Error(`nothing was measured of “${name}”`);
      const p95 = p95Of(seen);
      tell(`${size.width}×${size.height} ${name.split(': ')[0]}`, name.split(': ')[1] ?? 'all', seen);
      if (limit < Infinity) console.log(`${' '.repeat(46)}p95 ${plain(p95)} of at most ${limit}${p95 > limit ? '  OVER' : ''}`);
      if (size.width === 1600 && limit < Infinity) ratios.push({name, ratio: limit === 0 ? p95 : p95 / limit});
    }
  }
  const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0];
  console.log(`the worst at 1600×900: ${worst.name}, ${worst.ratio.toFixed(2)} of its limit`);
}

/** Zoom and search of ours and of other viewers on one tree, all in one run; those that cannot hold a million nodes on a smaller one, ours again beside them. */
async function peers() {
  for (const [name, why] of Object.entries(leftOut)) console.log(`${name}: left out: ${why}`);
  let names = Object.keys(otherViewers);
  for (const [nodes, size] of [[1_000_000, '1M'], [100_000, '100k']]) {
    if (names.length === 0) return;
    const failed = [];
    let ours = null;
    for await (const [name, measured] of measurePeers(program, nodes, runs, names)) {
      if (measured.failed && !ours) throw new Error(measured.failed);
      if (measured.failed) console.log(`${name}: cannot do it on ${size} nodes: ${measured.failed}`);
      else tellViewer(`${name}, ${size} nodes`, measured, ours);
      if (measured.failed) failed.push(name);
      ours ??= measured;
    }
    names = failed;
  }
}

/** `firstMs`: from the input to the first frame that changed; `restMs`: to the last; `taskMs`: the longest task between. */
function tellViewer(subject, measured, ours = null) {
  console.log(`${subject}: ${measured.note}`);
  for (const gesture of ['zoom', 'search']) {
    for (const [figure, unit] of [['firstMs', 'ms to the first frame'], ['restMs', 'ms to the last frame'], ['taskMs', 'ms of the longest task']]) {
      const values = measured[gesture].map((one) => one[figure]);
      tell(`${subject}, ${gesture}`, unit, values);
      const times = ours && middle(values) / middle(ours[gesture].map((one) => one[figure]));
      console.log(`${' '.repeat(46)}p95 ${plain(p95Of(values))}${times !== null && Number.isFinite(times) ? `, ${times.toFixed(1)} times ours` : ''}`);
    }
  }
}

function middle(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function p95Of(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.95))];
}

async function speedscope() {
  tellPage('speedscope', await measureInBrowser('speedscope', perfText('leaf', mb).path, runs, program));
  const [ours, theirs] = [figures['page: ms to the picture'], figures['speedscope: ms to the picture']];
  if (ours && theirs) console.log(`the picture is there ${(theirs / ours).toFixed(1)} times sooner than speedscope's`);
}

async function inferno() {
  if (spawnSync('inferno-collapse-perf', ['--version']).error) return console.log('inferno: left out, there is no inferno-collapse-perf on the PATH');
  for (const vary of ['leaf', 'all']) {
    const {path, bytes} = perfText(vary, mb);
    const seconds = await repeat(async () => {
      const {stderr} = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S"; time inferno-collapse-perf "$0" >/dev/null', path], {encoding: 'utf8'});
      return stderr.trim().split('\n').at(-1).split(' ').reduce((sum, part) => sum + Number(part), 0);
    });
    tell(`inferno, ${vary}`, 'MB per CPU second', seconds.map((cpuSeconds) => bytes / 1e6 / cpuSeconds));
  }
}

/** perf itself, which prints what it reads. */
async function perf() {
  if (spawnSync('perf', ['--version']).error) return console.log('perf: left out, there is no perf on the PATH');
  for (const [name, {path, bytes}] of Object.entries(recordings())) {
    const used = await repeat(() => {
      const {stderr} = spawnSync('bash', ['-c', 'TIMEFORMAT="%U %S %R"; time perf script -i "$0" >/dev/null 2>&1', path], {encoding: 'utf8'});
      const [user, system, wallSeconds] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
      return {cpuSeconds: user + system, wallSeconds};
    });
    tell(`perf script, ${name}`, 'MB per CPU second', used.map(({cpuSeconds}) => bytes / 1e6 / cpuSeconds));
    tell(`perf script, ${name}`, 'MB per second', used.map(({wallSeconds}) => bytes / 1e6 / wallSeconds));
  }
}

function tellPage(name, loads) {
  tell(name, 'ms to the first paint', loads.map(({firstPaintMs}) => firstPaintMs));
  tell(name, 'ms to the picture', loads.map(({pictureMs}) => pictureMs));
  tell(name, 'ms of the longest task', loads.map(({longestTaskMs}) => longestTaskMs));
  tell(name, 'MiB of the renderer', loads.map(({rendererMiB}) => rendererMiB));
}

/** Notes the median, and prints it with the range it lies in and the baseline. */
function tell(subject, unit, measured) {
  const sorted = measured.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  const name = `${subject}: ${unit}`;
  figures[name] = Number(median.toPrecision(4));
  const before = baseline[name];
  const change = before ? `${((median / before - 1) * 100).toFixed(0).padStart(5)} % from ${before}` : '';
  console.log(`${name.padEnd(44)} ${plain(median).padStart(10)}  (${plain(sorted[0])} … ${plain(sorted.at(-1))})  ${change}`);
}

function plain(value) {
  return value >= 1000 ? String(Math.round(value)) : value.toPrecision(3);
}

async function repeat(once) {
  const results = [];
  for (let run = 0; run < runs; run++) results.push(await once());
  return results;
}

async function usedBy(args) {
  return JSON.parse((await printedBy(['--import', accountPath, ...args])).account);
}

/** Runs a script under this Node; gives what it printed, and what account.mjs said where that was loaded. */
async function printedBy(args) {
  const child = spawn(process.execPath, args, {stdio: ['ignore', 'pipe', 'inherit', 'pipe'], env: environment});
  const [stdout, account, exitCode] = await Promise.all([textOf(child.stdout), textOf(child.stdio[3]), new Promise((resolve) => child.once('close', resolve))]);
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with ${exitCode}`);
  return {stdout, account};
}

async function textOf(stream) {
  let text = '';
  for await (const piece of stream.setEncoding('utf8')) text += piece;
  return text;
}

function save() {
  const machine = `${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  writeFileSync(baselinePath, `${JSON.stringify({machine, mb, runs, figures: {...baseline, ...figures}}, null, 2)}\n`);
}
