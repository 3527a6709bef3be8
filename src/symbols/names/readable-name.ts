/**
 * Names of C++'s and Rust's functions as people write them: of those that compilers mangle (`_Z…`, `_R…`), as perf prints them, so without their
 * parameters and results, and parts that a compiler split off (`.cold`, `.isra.0`) under the name of the whole. What is not understood stays as it is.
 *
 *   _ZNK2ns3BoxIlLi3EE3getEi.isra.0      ns::Box<long, 3>::get
 *   _RINvC1r3runNCNvB2_4main0EB2_        r::run::<r::main::{closure#0}>
 */
import {readName} from './cxx/parse.ts';
import {written} from './cxx/print.ts';
import {legacyRustName} from './legacy-rust.ts';
import {LONGEST, MangledText, NotReadable} from './mangled-text.ts';
import {rustName} from './rust.ts';

/** Cost: linear in the length of the name, also of those made to cost more, which stay as they are. */
export function readableName(name: string): string {
  if (!isMangled(name)) return name;
  // perf names the entries by which other files are called after these functions.
  const at = name.lastIndexOf('@');
  return at > 0 ? readableName(name.slice(0, at)) + name.slice(at) : (legacyRustName(name) ?? understood(name) ?? name);
}

export function isMangled(name: string): boolean {
  return name.startsWith('_Z') || name.startsWith('_R');
}

/** Lengths in C++'s names count bytes of UTF-8. */
function cxxName(name: string): string {
  const isAscii = !/[^\0-\x7f]/.test(name);
  const text = new MangledText(isAscii ? name : String.fromCharCode(...encoder.encode(name.slice(0, LONGEST))));
  const readable = written(readName(text), text);
  return isAscii ? readable : decoder.decode(Uint8Array.from(readable, (char) => char.charCodeAt(0)));
}

function understood(name: string): string | null {
  try {
    return name.startsWith('_R') ? rustName(name) : cxxName(name);
  } catch (error) {
    if (error instanceof NotReadable) return null;
    throw error;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
