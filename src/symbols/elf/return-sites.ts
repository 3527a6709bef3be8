/**
 * Where calls end in the code of a binary: the addresses that can be a caller's in a chain. By them one sees how a capture's addresses are to
 * be read, and whether they are of this very binary.
 */
import {fileOffsetOf, type ElfLayout} from './layout.ts';
import type {Region} from '../shape.ts';

const SLICE = 1 << 22;
/** The longest call instruction. */
const LONGEST = 7;

/** A bit a byte of code, set where a call instruction ends before it; `address` is that of the first bit. Empty for a machine that is not known. */
export async function returnSites(layout: ElfLayout): Promise<Region[]> {
  const mark = layout.machine === 'arm64' ? markArm64 : layout.machine === 'x86-64' || layout.machine === '386' ? markX86 : null;
  const {segments, file, words} = layout;
  const regions: Region[] = [];
  for (let i = 0; mark && words.isLittleEndian && i < segments.length; i++) {
    const address = segments.address[i];
    const start = fileOffsetOf(layout, address);
    if (segments.executable[i] === 0 || Number.isNaN(start)) continue;
    const sizeBytes = Math.max(0, Math.min(segments.fileBytes[i], file.sizeBytes - start));
    const bits = new Uint8Array(Math.ceil((sizeBytes + 1) / 8));
    // Slices overlap by the longest instruction; marking twice is no harm.
    for (let at = 0; at < sizeBytes; at += SLICE) {
      const from = Math.max(0, at - 2 * LONGEST + 2);
      const code = await file.readAt(start + from, Math.min(at + SLICE, sizeBytes) - from);
      mark(code, from, sizeBytes, bits);
    }
    regions.push({address, bytes: bits});
  }
  return regions;
}

/** Whether a call ends right before `address`. */
export function isReturnSite(sites: readonly Region[], address: number): boolean {
  for (const {address: start, bytes} of sites) {
    const into = address - start;
    if (into >= 0 && into < bytes.length * 8) return ((bytes[Math.floor(into / 8)] >> (into & 7)) & 1) === 1;
  }
  return false;
}

/**
 * x86: e8 and a distance; ff with 2 in the middle of the byte that follows, and what that byte asks for:
 *   ff d0+r · ff 10+r (14: and one more; 15: and 4) · ff 50+r and 1 (54: and one more) · ff 90+r and 4 (94: and one more)
 */
function markX86(code: Uint8Array, from: number, sizeBytes: number, bits: Uint8Array): void {
  const end = code.length;
  for (let at = 0; at + 1 < end; at++) {
    let length = 0;
    if (code[at] === 0xe8) {
      if (at + 5 > end) continue;
      const target = from + at + 5 + (code[at + 1] | (code[at + 2] << 8) | (code[at + 3] << 16) | (code[at + 4] << 24));
      if (target < 0 || target >= sizeBytes) continue;
      length = 5;
    } else if (code[at] === 0xff) {
      const form = code[at + 1];
      if ((form & 0x38) !== 0x10) continue;
      const mode = form >> 6;
      const register = form & 7;
      length = 2;
      if (mode !== 3) {
        if (register === 4) length++;
        if (mode === 1) length++;
        if (mode === 2 || (mode === 0 && register === 5)) length += 4;
      }
    } else continue;
    const site = from + at + length;
    if (site <= sizeBytes) bits[site >> 3] |= 1 << (site & 7);
  }
}

/** arm64: bl and blr, at multiples of four. */
function markArm64(code: Uint8Array, from: number, sizeBytes: number, bits: Uint8Array): void {
  for (let at = (4 - (from & 3)) & 3; at + 4 <= code.length; at += 4) {
    const isCall = (code[at + 3] & 0xfc) === 0x94 || (code[at + 3] === 0xd6 && code[at + 2] === 0x3f && (code[at + 1] & 0xfc) === 0 && (code[at] & 0x1f) === 0);
    const site = from + at + 4;
    if (isCall && site <= sizeBytes) bits[site >> 3] |= 1 << (site & 7);
  }
}
