/**
 * What perf prints behind the last frame of a sample, in place of the empty line, or at the end of a sample's one line:
 *
 *    ABI:2    BP:0x7ffd47901e68    SP:0x7ffd47901db0    IP:0x44cf6a   R14:0x58eee0     0x4a/0x5f/P/-/-/0  ilen: 3 insn: 48 31 ca  0 4K
 *   '--- registers: of the interrupt, of the user, or both -----------'  branches         instruction          physical address, page size
 */

/** Stack pointer and `g` where they are printed; 0 not printed. */
export interface Registers {
  readonly stackPointer: bigint;
  readonly g: bigint;
}

export interface Tail {
  /** The user's where both are printed; null: there are none. */
  readonly registers: Registers | null;
  /** What is printed besides, by the name that `-F` has for it. */
  readonly notKept: readonly string[];
}

const REGISTERS = /ABI:\d+((?:\s+[A-Za-z_]\w*:0x[0-9a-f]+)*)\s*/y;
const OTHERS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['brstack', /(?:\S(?:(?!: ).)*?\/[MPN-]+\/[X-]\/[A-]\/\d+(?:\/[\w-]*)*\s*)+/y],
  ['insn', /ilen: \d+\s*/y],
  ['insn', /insn:.*$/y],
  ['ipc', /IPC: \d+\.\d+ \(\d+\/\d+\)\s*/y],
  ['page size', /(?:[0-9a-f]{1,16}\s+)?(?:N\/A|\d+[KMGT])(?:\s+(?:N\/A|\d+[KMGT]))?\s*(?=$|IPC)/y],
  ['phys_addr', /[0-9a-f]{1,16}\s*$/y],
  ['bpf-output', /(?:BPF output:\s*)?[0-9a-f]{4}: (?:[0-9a-f]{2} )+.*$/y],
];
const KERNEL = 1n << 63n;

/** Reads all of a tail; null when some of it is nothing that perf prints there. */
export function tailOf(text: string): Tail | null {
  let registers: Registers | null = null;
  const notKept: string[] = [];
  const line = text.trim();
  let at = 0;
  while (at < line.length) {
    REGISTERS.lastIndex = at;
    const found = REGISTERS.exec(line);
    if (found) {
      registers = registersOf(found[1]) ?? registers;
      at = REGISTERS.lastIndex;
      continue;
    }
    const next = OTHERS.find(([, pattern]) => {
      pattern.lastIndex = at;
      return pattern.test(line);
    });
    if (!next) return null;
    notKept.push(next[0]);
    at = next[1].lastIndex;
  }
  return at === 0 ? null : {registers, notKept: [...new Set(notKept)]};
}

/** Registers of amd64 (`SP`, `R14`) and arm64 (`sp`, `x28`); null where neither is printed, or they are the kernel's. */
function registersOf(text: string): Registers | null {
  const value = (name: string) => BigInt(new RegExp(`\\b${name}:(0x[0-9a-f]+)`, 'i').exec(text)?.[1] ?? 0);
  const [stackPointer, g] = [value('SP'), value('R14') || value('x28')];
  return (stackPointer === 0n && g === 0n) || stackPointer >= KERNEL ? null : {stackPointer, g};
}
