/** The samples of the made service as `perf script -F +pid --ns` prints them, sorted by time within a second. */
import {closeSync, openSync, writeSync} from 'node:fs';
import {functionName, frameLine} from './perf-text.mjs';
import {chainsOf, kinds} from './go-service-kinds.mjs';
import {TICK_NS} from './go-wire.mjs';
import {below, often, randomNumbers} from './random.mjs';

const PID = 7301;
const FUNCTIONS = 3000;
const CHAINS_OF_KIND = 260;
const BINARY = '/srv/shop/shop';
const header = '# ========\n# captured on    : Mon Nov 23 12:18:54 2026\n# perf version : 6.1.192\n# arch : x86_64\n# cmdline : /usr/bin/perf record -k CLOCK_MONOTONIC -g ./shop \n# clockid frequency: 1000 MHz\n# clockid: monotonic (1)\n# ========\n#\n';
/** Another process of the machine, on a CPU of its own. */
const other = {comm: 'redis-server', pid: 912, m: 912, p: 9, share: 0.04};
const otherChain = ['_start', 'main', 'aeMain', 'aeProcessEvents', 'readQueryFromClient', 'processCommand', 'call', 'hsetCommand'];
const idle = ['runtime.mcall', 'runtime.park_m', 'runtime.schedule', 'runtime.findRunnable'];

export class PerfSamples {
  counts = {samples: 0, growthSamples: 0, otherSamples: 0};
  #file;
  #wanted;
  #random;
  /** A thread that runs is sampled this often. */
  #everyTicks;
  #next = new Map();
  #held = [];
  #bytes = 0;
  #addresses = new Map();
  #chains;
  /** Ticks that threads have run. */
  #busyTicks = 0;

  /** About `wanted` samples of the `busyTicks` that threads are expected to run. */
  constructor(path, wanted, busyTicks, seed) {
    this.#file = openSync(path, 'w');
    this.#wanted = wanted;
    this.#random = randomNumbers(seed + 1);
    const names = Array.from({length: FUNCTIONS}, (_, i) => functionName(this.#random, i));
    this.#chains = new Map([kinds.main, kinds.collector, ...kinds.served].map((kind) => [kind, chainsOf(kind, names, this.#random, CHAINS_OF_KIND)]));
    this.#bytes += writeSync(this.#file, header);
    this.#everyTicks = Math.max(2, busyTicks / wanted);
  }

  /** A goroutine ran on a thread; `copies` are the times at which its stack was copied, with the chain that a sample then has. */
  turn(thread, {kind}, fromTick, toTick, copies) {
    this.#busyTicks += toTick - fromTick;
    const self = {comm: 'shop', pid: PID, m: thread.m, p: thread.p};
    let at = this.#next.get(thread.m) ?? fromTick;
    if (at < fromTick) {
      // Between two turns the thread looks for the next.
      if (fromTick - at < 40) this.#add(self, at, idle);
      at = fromTick;
    }
    const chains = this.#chains.get(kind);
    for (; at < toTick; at += this.#everyTicks * (0.9 + 0.2 * this.#random())) {
      // Not on the edges: there the clock of the trace, which counts 64 ns, could not tell.
      const copy = copies.find((each) => at > each.fromTick + 1 && at < each.toTick - 1);
      if (copy) this.counts.growthSamples++;
      this.#add(self, at, copy ? copy.chain : chains[often(this.#random, chains.length)]);
      if (this.#random() >= other.share) continue;
      this.counts.otherSamples++;
      this.#add(other, at, otherChain.slice(0, 4 + below(this.#random, 5)));
    }
    this.#next.set(thread.m, at);
  }

  /** Writes what is held. `done`: the share of the whole that is made. */
  flush(done) {
    this.#held.sort((a, b) => a.timeNs - b.timeNs);
    let text = '';
    for (const {timeNs, of, chain} of this.#held) {
      const time = `${Math.floor(timeNs / 1e9)}.${String(timeNs % 1e9).padStart(9, '0')}`;
      const period = Math.round(this.#everyTicks * TICK_NS);
      text += `${of.comm} ${of.pid}/${of.m} [${String(of.p).padStart(3, '0')}] ${time}: ${String(period).padStart(10)} cpu-clock:ppp: \n`;
      for (let i = chain.length - 1; i >= 0; i--) text += frameLine(this.#frame(chain[i]), this.#random);
      text += '\n';
      if (text.length < 1 << 22) continue;
      this.#bytes += writeSync(this.#file, text);
      text = '';
    }
    this.#bytes += writeSync(this.#file, text);
    this.#held = [];
    // What is left of the samples, over what is left of the time that threads run.
    const busyLeft = (this.#busyTicks / Math.max(done, 1e-6)) * (1 - done);
    this.#everyTicks = Math.max(2, busyLeft / Math.max(1, this.#wanted - this.counts.samples));
  }

  /** Gives the size of the file. */
  close() {
    closeSync(this.#file);
    return this.#bytes;
  }

  #add(of, atTick, chain) {
    this.counts.samples++;
    this.#held.push({timeNs: Math.floor(atTick * TICK_NS), of, chain});
  }

  #frame(name) {
    let frame = this.#addresses.get(name);
    if (!frame) this.#addresses.set(name, (frame = {name, address: 0x401000 + this.#addresses.size * 0x180, dso: BINARY}));
    return frame;
  }
}
