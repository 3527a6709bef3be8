/**
 * Makes perf.data of any size, always the same for the same seed: a Go service whose threads stay for a while on a few call chains out of
 * thousands, as `perf record -g` writes them (frame pointers), or with a copy of each stack as `--call-graph dwarf` does. As in
 * real captures, call sites repeat and the leaf moves.
 */
import {closeSync, openSync, writeSync} from 'node:fs';
import {below, often, randomNumbers} from './random.mjs';

const CHAINS = 16_000;
const CALL_SITES = 24_000;
const THREADS = 10;
const PID = 7300;
const TEXT_START = 0x400000;
const TEXT_BYTES = 0x1000000;
const KERNEL_LOW = 0x81000000;
const HELD_BYTES = 4 << 20;
/** IP, TID, TIME, CALLCHAIN, CPU, PERIOD; with dumps REGS_USER and STACK_USER. */
const CHAIN_FIELDS = (1 << 0) | (1 << 1) | (1 << 2) | (1 << 5) | (1 << 7) | (1 << 8);
const DUMP_FIELDS = (1 << 12) | (1 << 13);
const REGISTERS = 0xff0fffn;
const REGISTER_COUNT = 20;
/** As perf 6.1 has it, so that it reads these files too. */
const ATTR_BYTES = 128;

/** Writes about `bytes` bytes; gives how many there are, and of how many samples. `dumpBytes`: of each stack; 0: call chains. */
export function writePerfData(path, {bytes, dumpBytes = 0, seed = 1}) {
  const random = randomNumbers(seed);
  const sites = Array.from({length: CALL_SITES}, () => TEXT_START + below(random, TEXT_BYTES));
  const kernelSites = Array.from({length: CALL_SITES / 8}, () => KERNEL_LOW + below(random, 1 << 22));
  const chains = [];
  for (let i = 0; i < CHAINS; i++) {
    // A chain goes where another one went for a while, and then elsewhere.
    const shared = i === 0 ? [] : chains[below(random, i)].user;
    const deep = 6 + below(random, 40);
    const fresh = Array.from({length: Math.max(1, deep - shared.length)}, () => sites[often(random, CALL_SITES)]);
    chains.push({
      kernel: random() < 0.15 ? Array.from({length: 4 + below(random, 12)}, () => kernelSites[often(random, kernelSites.length)]) : [],
      user: [...fresh, ...shared.slice(below(random, shared.length + 1))].slice(0, 46),
    });
  }
  const busy = Array.from({length: THREADS}, () => Array.from({length: 20}, () => often(random, CHAINS)));
  const file = openSync(path, 'w');
  const held = Buffer.alloc(HELD_BYTES + (1 << 16));
  let [at, written, samples, timeNs] = [0, 0, 0, 4_794_564_109_216_000n];
  const u16 = (value) => (at = held.writeUInt16LE(value, at));
  const u32 = (value) => (at = held.writeUInt32LE(value >>> 0, at));
  const u64 = (value) => (at = held.writeBigUInt64LE(BigInt(value), at));
  const record = (type, misc, body) => {
    const start = at;
    u32(type);
    u16(misc);
    u16(0);
    body();
    held.writeUInt16LE(at - start, start + 6);
  };
  const text = (value) => {
    const end = at + (value.length & ~7) + 8;
    held.fill(0, at, end).write(value, at);
    at = end;
  };
  const trailer = () => {
    u32(PID);
    u32(PID);
    u64(timeNs);
    u64(0);
  };
  const user = (address) => {
    u32(address);
    u32(0);
  };

  const dataAt = 104 + ATTR_BYTES + 16;
  held.write('PERFILE2', 0);
  at = 8;
  for (const value of [104, ATTR_BYTES + 16, 104, ATTR_BYTES + 16, dataAt, 0, 0, 0, 0, 0, 0, 0]) u64(value);
  const attrAt = at;
  held.fill(0, at, dataAt);
  u32(1);
  u32(ATTR_BYTES);
  u64(0);
  u64(997);
  u64(CHAIN_FIELDS | (dumpBytes > 0 ? DUMP_FIELDS : 0));
  u64(0);
  // Sampled by frequency, with trailers, without guests.
  u64((1n << 10n) | (1n << 18n) | (1n << 20n));
  held.writeBigUInt64LE(dumpBytes > 0 ? REGISTERS : 0n, attrAt + 80);
  at = dataAt;
  record(1, 2, () => {
    u32(PID);
    u32(PID);
    u64(TEXT_START);
    u64(TEXT_BYTES);
    u64(0);
    text('/srv/shop/shop');
    trailer();
  });
  while (written + at < bytes) {
    const thread = below(random, THREADS);
    const window = busy[thread];
    if (random() < 0.05) window[below(random, window.length)] = often(random, CHAINS);
    timeNs += BigInt(80_000 + below(random, 200_000));
    const chain = chains[random() < 0.75 ? window[below(random, window.length)] : often(random, CHAINS)];
    const moved = (address) => address + below(random, 64);
    const isKernel = chain.kernel.length > 0;
    record(9, isKernel ? 1 : 2, () => {
      user(chain.user[0]);
      u32(PID);
      u32(PID + thread);
      u64(timeNs);
      u64(below(random, 8));
      u64(1_003_009);
      u64((isKernel ? chain.kernel.length + 1 : 0) + (dumpBytes > 0 ? 0 : chain.user.length + 1));
      if (isKernel) {
        u64(0xffff_ffff_ffff_ff80n);
        chain.kernel.forEach((address, i) => {
          u32(i === 0 ? moved(address) : address);
          u32(0xffff_ffff);
        });
      }
      if (dumpBytes > 0) return dump(chain.user[0]);
      u64(0xffff_ffff_ffff_fe00n);
      chain.user.forEach((address, i) => user(i === 0 && !isKernel ? moved(address) : address));
    });
    samples++;
    if (samples % 500 === 0) record(68, 0, () => {});
    if (at > HELD_BYTES) {
      written += writeSync(file, held, 0, at);
      at = 0;
    }
  }
  written += writeSync(file, held, 0, at);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(written - dataAt));
  writeSync(file, size, 0, 8, 48);
  closeSync(file);
  return {bytes: written, samples};

  function dump(address) {
    u64(2);
    for (let i = 0; i < REGISTER_COUNT; i++) u64(i === 8 ? address : 0x7ffd_0000 + i);
    u64(dumpBytes);
    held.fill(samples & 0xff, at, at + dumpBytes);
    at += dumpBytes;
    u64(dumpBytes);
  }
}
