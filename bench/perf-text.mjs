/**
 * Makes `perf script` text of any size, always the same for the same seed: a Go service whose threads stay for a while on a few
 * call chains out of thousands. `vary` says which lines of a chain have an address that was not seen before:
 * `leaf` as in real captures (call sites repeat, the leaf moves), `all` every line, against caches of whole lines or chains.
 */
import {closeSync, openSync, writeSync} from 'node:fs';
import {below, often, randomNumbers} from './random.mjs';

const packages = [
  'main', 'net/http', 'encoding/json', 'database/sql', 'crypto/tls', 'compress/flate', 'internal/poll', 'reflect', 'bytes', 'strings',
  'example.com/shop/cart', 'example.com/shop/cart/internal/store', 'example.com/shop/search', 'google.golang.org/grpc/internal/transport',
];
const verbs = ['Serve', 'Handle', 'Decode', 'Encode', 'Walk', 'Visit', 'Read', 'Write', 'Flush', 'Scan', 'Query', 'Marshal', 'Lookup', 'Resolve', 'Parse'];
const nouns = ['Request', 'Response', 'Tree', 'Node', 'Buffer', 'Conn', 'Batch', 'Row', 'Span', 'Header', 'Value', 'Index', 'Cache', 'Stream'];
const growing = ['runtime.morestack.abi0', 'runtime.newstack', 'runtime.copystack', 'runtime.adjustframe', 'runtime.pcvalue'];
const collecting = ['runtime.mallocgc', 'runtime.(*mcache).refill', 'runtime.gcDrain', 'runtime.scanobject', 'runtime.greyobject'];
const kernel = ['entry_SYSCALL_64_after_hwframe', 'do_syscall_64', '__x64_sys_futex', 'do_futex', 'futex_wait', 'schedule', 'finish_task_switch.isra.0'];

const FUNCTIONS = 4000;
const CHAINS = 16_000;
const THREADS = 10;
const BINARY = '/srv/shop/shop';

/** Writes about `bytes` bytes; gives how many there are, and of how many samples. */
export function writePerfText(path, {bytes, vary = 'leaf', seed = 1}) {
  const random = randomNumbers(seed);
  const chains = callChains(random);
  // What repeats is printed once: the whole chain but its leaf.
  const printed = vary === 'leaf' ? chains.map((chain) => chain.slice(0, -1).reverse().map((frame) => frameLine(frame, random)).join('')) : [];
  const chainText = (i) => (vary === 'leaf' ? frameLine(chains[i].at(-1), random) + printed[i] : chains[i].toReversed().map((frame) => frameLine(frame, random)).join(''));
  const busy = Array.from({length: THREADS}, () => Array.from({length: 20}, () => often(random, CHAINS)));
  const file = openSync(path, 'w');
  let [written, samples, timeUs, held] = [0, 0, 4_794_564_109_216, ''];
  while (written + held.length < bytes) {
    const thread = below(random, THREADS);
    const window = busy[thread];
    if (random() < 0.05) window[below(random, window.length)] = often(random, CHAINS);
    timeUs += 80 + below(random, 200);
    const time = `${Math.floor(timeUs / 1e6)}.${String(timeUs % 1e6).padStart(6, '0')}`;
    held += `shop ${String(7300 + thread).padStart(5)} [${String(below(random, 8)).padStart(3, '0')}] ${time}:   1003009 cpu-clock:ppp: \n${chainText(random() < 0.75 ? window[below(random, window.length)] : often(random, CHAINS))}\n`;
    samples++;
    if (held.length > 1 << 22) {
      written += writeSync(file, held);
      held = '';
    }
  }
  written += writeSync(file, held);
  closeSync(file);
  return {bytes: written, samples};
}

/** Chains, root first, that share beginnings as real ones do: each goes on from somewhere in an earlier one. */
function callChains(random) {
  const functions = Array.from({length: FUNCTIONS}, (_, i) => ({name: functionName(random, i), address: 0x401000 + i * 0x180, dso: BINARY}));
  const fixed = (names, address, dso) => names.map((name, i) => ({name, address: address + BigInt(i) * 0x400n, dso}));
  const leaves = [fixed(growing, 0x460000n, BINARY), fixed(collecting, 0x440000n, BINARY), fixed(kernel, 0xffffffff81100000n, '[kernel.kallsyms]')];
  const goexit = {name: 'runtime.goexit.abi0', address: 0x46a000, dso: BINARY};
  const trunks = [[goexit]];
  const chains = [];
  for (let i = 0; i < CHAINS; i++) {
    const depth = 18 + below(random, 40);
    const from = trunks[often(random, trunks.length)];
    const trunk = from.slice(0, 1 + below(random, Math.min(from.length, depth)));
    while (trunk.length < depth) trunk.push(functions[often(random, FUNCTIONS)]);
    trunks.push(trunk);
    const kind = random();
    const ending = kind < 0.12 ? leaves[0] : kind < 0.3 ? leaves[1] : kind < 0.45 ? leaves[2] : [];
    chains.push([...trunk, ...ending.slice(0, 3 + below(random, 4))]);
  }
  return chains;
}

export function functionName(random, i) {
  const of = (words) => words[below(random, words.length)];
  const kind = random();
  if (kind < 0.5) return `${of(packages)}.(*${of(nouns)}${of(nouns)}${i % 97}).${of(verbs)}${of(nouns)}`;
  if (kind < 0.8) return `${of(packages)}.${of(verbs)}${of(nouns)}${i % 89}`;
  if (kind < 0.9) return `${of(packages)}.${of(verbs)}${of(nouns)}${i % 53}.func${1 + (i % 5)}`;
  return `${of(packages)}.${of(verbs)}${of(nouns)}${i % 31}[go.shape.int]`;
}

export function frameLine({name, address, dso}, random) {
  const offset = below(random, 0x150);
  const at = typeof address === 'bigint' ? address + BigInt(offset) : address + offset;
  return `\t${at.toString(16).padStart(16)} ${name}+0x${offset.toString(16)} (${dso})\n`;
}
