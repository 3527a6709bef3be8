/**
 * Makes perf.data of tracepoints of any size, always the same for the same seed: `perf record -a -e sched:sched_switch -e sched:sched_wakeup
 * -e syscalls:sys_enter_read -e syscalls:sys_exit_read` of a machine whose threads read small files all the time. Formats as Linux 6.1 writes
 * them; perf reads these files too.
 */
import {closeSync, openSync, writeSync} from 'node:fs';
import {below, randomNumbers} from './random.mjs';

const ATTR_BYTES = 128;
const CPUS = 8;
const THREADS = 64;
const FIRST_TID = 4100;
const HELD_BYTES = 4 << 20;
/** IDENTIFIER, IP, TID, TIME, CPU, PERIOD, RAW. */
const FIELDS = (1 << 16) | (1 << 0) | (1 << 1) | (1 << 2) | (1 << 7) | (1 << 8) | (1 << 10);
const TRACEPOINT = 2;
const STATE_BITS = '0x00000000 | 0x00000001 | 0x00000002 | 0x00000004 | 0x00000008 | 0x00000010 | 0x00000020 | 0x00000040';
const STATES = ['S', 'D', 'T', 't', 'X', 'Z', 'P', 'I'].map((letter, bit) => `{ 0x${(1 << bit).toString(16).padStart(8, '0')}, "${letter}" }`).join(', ');
const COMMON = [['unsigned short common_type', 0, 2, 0], ['unsigned char common_flags', 2, 1, 0], ['unsigned char common_preempt_count', 3, 1, 0], ['int common_pid', 4, 4, 1]];

const EVENTS = [
  {
    system: 'sched', name: 'sched_switch', id: 372, rawBytes: 64,
    fields: [['char prev_comm[16]', 8, 16, 0], ['pid_t prev_pid', 24, 4, 1], ['int prev_prio', 28, 4, 1], ['long prev_state', 32, 8, 1], ['char next_comm[16]', 40, 16, 0], ['pid_t next_pid', 56, 4, 1], ['int next_prio', 60, 4, 1]],
    print: '"prev_comm=%s prev_pid=%d prev_prio=%d prev_state=%s%s ==> next_comm=%s next_pid=%d next_prio=%d", REC->prev_comm, REC->prev_pid, REC->prev_prio, ' +
      `(REC->prev_state & ((((${STATE_BITS}) + 1) << 1) - 1)) ? __print_flags(REC->prev_state & ((((${STATE_BITS}) + 1) << 1) - 1), "|", ${STATES}) : "R", ` +
      `REC->prev_state & (((${STATE_BITS}) + 1) << 1) ? "+" : "", REC->next_comm, REC->next_pid, REC->next_prio`,
  },
  {
    system: 'sched', name: 'sched_wakeup', id: 374, rawBytes: 36,
    fields: [['char comm[16]', 8, 16, 0], ['pid_t pid', 24, 4, 1], ['int prio', 28, 4, 1], ['int target_cpu', 32, 4, 1]],
    print: '"comm=%s pid=%d prio=%d target_cpu=%03d", REC->comm, REC->pid, REC->prio, REC->target_cpu',
  },
  {
    system: 'syscalls', name: 'sys_enter_read', id: 842, rawBytes: 40,
    fields: [['int __syscall_nr', 8, 4, 1], ['unsigned int fd', 16, 8, 0], ['char * buf', 24, 8, 0], ['size_t count', 32, 8, 0]],
    print: '"fd: 0x%08lx, buf: 0x%08lx, count: 0x%08lx", ((unsigned long)(REC->fd)), ((unsigned long)(REC->buf)), ((unsigned long)(REC->count))',
  },
  {
    system: 'syscalls', name: 'sys_exit_read', id: 841, rawBytes: 24,
    fields: [['int __syscall_nr', 8, 4, 1], ['long ret', 16, 8, 1]],
    print: '"0x%lx", REC->ret',
  },
];

/** Writes about `bytes` bytes; gives how many there are, and of how many samples. */
export function writePerfTracepoints(path, {bytes, seed = 1}) {
  const random = randomNumbers(seed);
  const file = openSync(path, 'w');
  const held = Buffer.alloc(HELD_BYTES + (1 << 16));
  let [at, written, samples, timeNs] = [0, 0, 0, 4_794_564_109_216_000n];
  const u16 = (value) => (at = held.writeUInt16LE(value, at));
  const u32 = (value) => (at = held.writeUInt32LE(value >>> 0, at));
  const u64 = (value) => (at = held.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)), at));
  const flush = () => {
    written += writeSync(file, held, 0, at);
    at = 0;
  };

  const idsAt = 104;
  const attrsAt = idsAt + 8 * EVENTS.length;
  const dataAt = attrsAt + EVENTS.length * (ATTR_BYTES + 16);
  held.write('PERFILE2', 0);
  at = 8;
  // Of the features only TRACING_DATA.
  for (const value of [104, ATTR_BYTES + 16, attrsAt, EVENTS.length * (ATTR_BYTES + 16), dataAt, 0, 0, 0, 1 << 1, 0, 0, 0]) u64(value);
  EVENTS.forEach((_, i) => u64(i + 1));
  EVENTS.forEach(({id}, i) => {
    const start = at;
    held.fill(0, start, start + ATTR_BYTES);
    u32(TRACEPOINT);
    u32(ATTR_BYTES);
    u64(id);
    u64(1);
    u64(FIELDS);
    u64(0);
    // With trailers.
    u64(1n << 18n);
    at = start + ATTR_BYTES;
    u64(idsAt + 8 * i);
    u64(8);
  });

  /** A sample of an event; `raw` writes what is behind the fields that all tracepoints have. */
  const sample = (event, tid, cpu, raw) => {
    const {rawBytes, id} = EVENTS[event];
    const start = at;
    timeNs += BigInt(200 + below(random, 3000));
    u32(9);
    u16(1);
    u16(0);
    u64(event + 1);
    u64(0xffff_ffff_8100_0000n + BigInt(id));
    u32(tid);
    u32(tid);
    u64(timeNs);
    u64(cpu);
    u64(1);
    // Its size makes the record a multiple of eight.
    const padded = ((rawBytes + 4 + 7) & ~7) - 4;
    u32(padded);
    held.fill(0, at, at + padded);
    const rawAt = at;
    u16(id);
    u16(0);
    u32(tid);
    raw(rawAt);
    at = rawAt + padded;
    held.writeUInt16LE(at - start, start + 6);
    samples++;
    if (samples % 500 === 0) {
      u32(68);
      u16(0);
      u16(8);
    }
  };
  const comm = (tid, place) => held.write(tid === 0 ? 'swapper' : `worker-${tid % 7}`, place);
  const running = Array.from({length: CPUS}, (_, cpu) => FIRST_TID + cpu);
  while (written + at < bytes) {
    const cpu = below(random, CPUS);
    const tid = running[cpu];
    if (random() < 0.3) {
      const next = random() < 0.2 ? 0 : FIRST_TID + below(random, THREADS);
      if (next !== 0) {
        sample(1, tid, cpu, (raw) => {
          comm(next, raw + 8);
          held.writeInt32LE(next, raw + 24);
          held.writeInt32LE(120, raw + 28);
          held.writeInt32LE(cpu, raw + 32);
        });
      }
      sample(0, tid, cpu, (raw) => {
        comm(tid, raw + 8);
        held.writeInt32LE(tid, raw + 24);
        held.writeInt32LE(120, raw + 28);
        held.writeBigInt64LE(BigInt([0, 1, 1, 2, 256][below(random, 5)]), raw + 32);
        comm(next, raw + 40);
        held.writeInt32LE(next, raw + 56);
        held.writeInt32LE(120, raw + 60);
      });
      running[cpu] = next;
    } else {
      const count = 512 << below(random, 6);
      sample(2, tid, cpu, (raw) => {
        held.writeBigInt64LE(BigInt(below(random, 64)), raw + 16);
        held.writeBigUInt64LE(0x7f12_0000_0000n + BigInt(below(random, 1 << 24)), raw + 24);
        held.writeBigInt64LE(BigInt(count), raw + 32);
      });
      sample(3, tid, cpu, (raw) => held.writeBigInt64LE(random() < 0.1 ? -11n : BigInt(below(random, count)), raw + 16));
    }
    if (at > HELD_BYTES) flush();
  }
  flush();
  const dataBytes = written - dataAt;
  const tracing = tracingData();
  u64(dataAt + dataBytes + 16);
  u64(tracing.length);
  flush();
  written += writeSync(file, tracing);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(dataBytes));
  writeSync(file, size, 0, 8, 48);
  closeSync(file);
  return {bytes: written, samples};
}

/** As tools/perf/util/trace-event-info.c of Linux 6.1 writes it. */
function tracingData() {
  const sized = (text) => [wide(Buffer.byteLength(text)), Buffer.from(text)];
  const systems = [...new Set(EVENTS.map(({system}) => system))];
  return Buffer.concat([
    Buffer.from([0x17, 0x08, 0x44]), Buffer.from('tracing0.6\0'), Buffer.from([0, 8]), narrow(4096),
    Buffer.from('header_page\0'), ...sized('\tfield: u64 timestamp;\toffset:0;\tsize:8;\tsigned:0;\n\tfield: local_t commit;\toffset:8;\tsize:8;\tsigned:1;\n\tfield: int overwrite;\toffset:8;\tsize:1;\tsigned:1;\n\tfield: char data;\toffset:16;\tsize:4080;\tsigned:1;\n'),
    Buffer.from('header_event\0'), ...sized('# compressed entry header\n'),
    narrow(0), narrow(systems.length),
    ...systems.flatMap((system) => {
      const of = EVENTS.filter((event) => event.system === system);
      return [Buffer.from(`${system}\0`), narrow(of.length), ...of.flatMap((event) => sized(formatText(event)))];
    }),
    narrow(0), narrow(0), wide(0),
  ]);
}

function formatText({name, id, fields, print}) {
  const lines = (of) => of.map(([declaration, offset, size, signed]) => `\tfield:${declaration};\toffset:${offset};\tsize:${size};\tsigned:${signed};\n`).join('');
  return `name: ${name}\nID: ${id}\nformat:\n${lines(COMMON)}\n${lines(fields)}\nprint fmt: ${print}\n`;
}

function narrow(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function wide(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
