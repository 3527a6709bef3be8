/** Files that were damaged: bytes and words changed, parts taken out or put in twice, the same ones each time. */

/** Numbers that break things. */
const NASTY = [0, 1, 7, 8, 9, 0x7f, 0x80, 0xff, 0xffff, 0x8000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff];

/** Numbers from 0 up to `below` that look random and are the same each time. */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0;
    return Math.floor((((state ^ (state >>> 12)) >>> 0) / 2 ** 32) * below);
  };
}

/** A copy with a few bytes or words changed, a part taken out, or a part put in twice. */
export function damaged(bytes: Uint8Array, pick: (below: number) => number): Uint8Array {
  let copy: Uint8Array = bytes.slice();
  for (let i = 0; i <= pick(4); i++) {
    const at = pick(copy.length);
    const view = new DataView(copy.buffer);
    switch (pick(6)) {
      case 0: copy[at] = pick(256); break;
      case 1: if (at + 2 <= copy.length) view.setUint16(at, NASTY[pick(NASTY.length)], true); break;
      case 2: if ((at & ~3) + 4 <= copy.length) view.setUint32(at & ~3, NASTY[pick(NASTY.length)], true); break;
      case 3: if ((at & ~7) + 8 <= copy.length) view.setBigUint64(at & ~7, BigInt(NASTY[pick(NASTY.length)]) << BigInt(8 * pick(5)), true); break;
      case 4: copy = joined(copy.subarray(0, at), copy.subarray(at + pick(200))); break;
      default: copy = joined(copy.subarray(0, at), copy.subarray(Math.max(0, at - pick(200))));
    }
    if (copy.length === 0) return copy;
  }
  return copy;
}

/** Milliseconds that this process has computed since `before`; what others did on the machine meanwhile is not in them. */
export function cpuMs(before: NodeJS.CpuUsage): number {
  const {user, system} = process.cpuUsage(before);
  return (user + system) / 1000;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
