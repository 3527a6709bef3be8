/**
 * A Go binary of which only that is left which places of some addresses are found by; all else is zeros, so that it packs to a few kilobytes and can be
 * a fixture. Everything stays where it was.
 */
import {Words} from '../symbols/elf/words.ts';
import {Counters, GoFunctions, type GoFunction} from '../symbols/go/functions.ts';
import {HEAD_BYTES} from '../symbols/go/header.ts';
import type {Symbols} from '../symbols/shape.ts';

/** `bytes` is the file, `symbols` what it was opened to. Stripped 64-bit binaries with section headers only. Throws for another. */
export function thinnedGoBinary(bytes: Uint8Array, symbols: Symbols, addresses: readonly number[]): Uint8Array {
  const {go} = symbols;
  if (!go?.calls || symbols.pointerBytes !== 8) throw new Error('not a 64-bit Go binary with inlined calls');
  const thin = new Uint8Array(bytes.length);
  const keep = (start: number, sizeBytes: number) => thin.set(bytes.subarray(start, start + sizeBytes), start);
  const words = new Words(bytes, go.isLittleEndian, 8);
  keepHeaders(words, keep);

  const tableAt = indexOfBytes(bytes, go.table.subarray(0, 64));
  const inTable = (start: number, sizeBytes: number) => keep(tableAt + start, sizeBytes);
  const functions = new GoFunctions(go);
  const callsAt = fileOffset(symbols, go.calls.address);
  const callWords = new Words(go.calls.bytes, go.isLittleEndian, 8);
  const relative = go.layout === '1.18' || go.layout === '1.20';
  const text = (at: number) => inTable(at - 1, functions.words.textEnd(at) - at + 2);
  inTable(0, HEAD_BYTES + 8 * 8);
  inTable(go.functions, (go.functionCount + 1) * (relative ? 8 : 16));
  for (const of of new Set(addresses.map((address) => functions.functionAt(address)?.index ?? -1))) if (of >= 0) keepFunction(functions.functionOf(of));
  if (go.layout === '1.2') inTable(go.files, 4);
  keepModule();
  return thin;

  function keepFunction(of: GoFunction): void {
    inTable(of.record, 160);
    text(go!.names + of.nameOffset);
    const counters = (offset: number) => {
      if (offset === 0) return [];
      inTable(go!.counters + offset, countersBytes(go!.table, go!.counters + offset));
      const read = new Counters();
      functions.fill(read, of, offset);
      return [...read.values()];
    };
    counters(functions.tableOf(of, 'stack'));
    counters(functions.tableOf(of, 'line'));
    counters(functions.tableOf(of, 'file')).forEach(keepFile);
    const tree = functions.dataOf(of, go!.calls!.data) - (relative ? 0 : go!.calls!.address);
    for (const index of counters(functions.extraTableOf(of, go!.calls!.counters))) {
      if (index < 0 || Number.isNaN(tree)) continue;
      for (let parent = index; parent >= 0;) {
        const at = tree + parent * go!.calls!.entryBytes;
        keep(callsAt + at, go!.calls!.entryBytes);
        text(go!.names + callWords.i32(at + (go!.calls!.entryBytes === 16 ? 4 : 12)));
        if (go!.calls!.entryBytes === 16) break;
        keepFile(callWords.i32(at + 4));
        // A tree is written from the outside in.
        const next = (callWords.u16(at) << 16) >> 16;
        if (next >= parent) throw new Error(`entry ${parent} of a tree is inlined into ${next}`);
        parent = next;
      }
    }

    function keepFile(file: number): void {
      if (file < 0) return;
      if (go!.layout === '1.2') {
        inTable(go!.files + file * 4, 4);
        text(functions.words.u32(go!.files + file * 4));
        return;
      }
      const unit = functions.words.u32(of.record + (relative ? 4 : 8) + 28);
      inTable(go!.units + (unit + file) * 4, 4);
      text(go!.files + functions.words.u32(go!.units + (unit + file) * 4));
    }
  }

  /** The runtime's record, by its pointers to the table, in its relocations too. */
  function keepModule(): void {
    const tableAddress = addressOf(symbols, tableAt);
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      if (words.size(at) !== tableAddress || words.size(at + 8) !== tableAddress + go!.names) continue;
      keep(at, 48 * 8);
    }
  }
}

/** Headers of the file, of segments and sections; the sections' names; notes and what tells the version. */
function keepHeaders(words: Words, keep: (start: number, sizeBytes: number) => void): void {
  const sections = words.size(40);
  const count = words.u16(60);
  keep(0, 64);
  keep(words.size(32), words.u16(54) * words.u16(56));
  keep(sections, count * 64);
  const names = words.size(sections + words.u16(62) * 64 + 24);
  for (let i = 0; i < count; i++) {
    const at = sections + i * 64;
    const name = words.text(names + words.u32(at));
    if (name === '.shstrtab' || words.u32(at + 4) === 7) keep(words.size(at + 24), words.size(at + 32));
    if (name === '.go.buildinfo') keep(words.size(at + 24), 128);
  }
}

function countersBytes(table: Uint8Array, start: number): number {
  let at = start;
  for (let step = 0; step === 0 || table[at] !== 0; step++) {
    while (table[at] >= 0x80) at++;
    at++;
    while (table[at] >= 0x80) at++;
    at++;
  }
  return at + 1 - start;
}

function fileOffset({segments}: Symbols, address: number): number {
  for (let i = 0; i < segments.length; i++) {
    const into = address - segments.address[i];
    if (into >= 0 && into < segments.fileBytes[i]) return segments.fileOffset[i] + into;
  }
  throw new Error(`nothing of the file is at ${address}`);
}

function addressOf({segments}: Symbols, offset: number): number {
  for (let i = 0; i < segments.length; i++) {
    const into = offset - segments.fileOffset[i];
    if (into >= 0 && into < segments.fileBytes[i]) return segments.address[i] + into;
  }
  throw new Error(`offset ${offset} is not loaded`);
}

function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  throw new Error('these bytes are not in the file');
}
