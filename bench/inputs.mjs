/** The files that are measured: made once, kept in .cache/bench, named by what they were made from. */
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {writeFoldedTree} from './folded-tree.mjs';
import {writeGoBinary} from './go-binary.mjs';
import {writeGoService} from './go-service.mjs';
import {writePerfData} from './perf-data.mjs';
import {writePerfText} from './perf-text.mjs';
import {writePerfTracepoints} from './perf-tracepoints.mjs';

export const folder = fileURLToPath(new URL('../.cache/bench/', import.meta.url));
const ROUNDS = 900_000;

/** Perf text of about `mb` megabytes. */
export function perfText(vary, mb) {
  return kept(`perf-${vary}-${mb}mb.txt`, (path) => writePerfText(path, {bytes: mb * 1e6, vary, seed: 1}));
}

/** perf.data of about `mb` megabytes; `dumpBytes` of each stack instead of its chain. */
export function perfData(mb, dumpBytes = 0) {
  return kept(`perf-${dumpBytes}-${mb}mb.data`, (path) => writePerfData(path, {bytes: mb * 1e6, dumpBytes, seed: 1}));
}

/** perf.data of tracepoints, of about `mb` megabytes. */
export function perfTracepoints(mb) {
  return kept(`perf-tracepoints-${mb}mb.data`, (path) => writePerfTracepoints(path, {bytes: mb * 1e6, seed: 1}));
}

/** A trace of millions of events, recorded here; null where no Go is. `program` counts its events. */
export function goTrace(program) {
  if (spawnSync('go', ['version']).error) return null;
  return kept(`channels-${ROUNDS}.trace`, (path) => {
    const source = fileURLToPath(new URL('go-trace/main.go', import.meta.url));
    succeed(spawnSync('go', ['run', source, path, String(ROUNDS)], {stdio: 'inherit'}));
    const {stdout} = succeed(spawnSync('sh', ['-c', '"$0" "$1" events "$2" | wc -l', process.execPath, program, path], {encoding: 'utf8'}));
    return {bytes: statSync(path).size, events: Number(stdout)};
  });
}

/** A Go binary of about 100 MB, built here; null where no Go is. */
export function goBinary() {
  if (spawnSync('go', ['version']).error) return null;
  return kept('large-go-binary', (path) => {
    succeed(writeGoBinary(join(folder, 'large-go-source'), path));
    return {bytes: statSync(path).size};
  });
}

/** Perf text and trace of one service on one clock; see go-service.mjs. */
export function goService({events, goroutines, samples, seed = 1}) {
  const {path: folderPath, ...counts} = kept(`service-${events}-${goroutines}-${samples}-${seed}`, (part) => {
    rmSync(part, {recursive: true, force: true});
    mkdirSync(part, {recursive: true});
    return writeGoService({tracePath: join(part, 'trace.out'), perfPath: samples > 0 ? join(part, 'perf.txt') : null, events, goroutines, samples, seed});
  });
  return {trace: join(folderPath, 'trace.out'), perf: samples > 0 ? join(folderPath, 'perf.txt') : null, ...counts};
}

/** Folded stacks whose tree has so many nodes. */
export function foldedTree(nodes) {
  return kept(`tree-${nodes}.folded`, (path) => writeFoldedTree(path, {nodes}));
}

function kept(name, make) {
  mkdirSync(folder, {recursive: true});
  const path = join(folder, name);
  if (!existsSync(`${path}.json`)) {
    console.log(`making ${name}`);
    const facts = make(`${path}.part`);
    renameSync(`${path}.part`, path);
    writeFileSync(`${path}.json`, JSON.stringify(facts));
  }
  return {path, ...JSON.parse(readFileSync(`${path}.json`, 'utf8'))};
}

function succeed(ended) {
  if (ended.error || ended.status !== 0) throw ended.error ?? new Error(`exit code ${ended.status}`);
  return ended;
}
