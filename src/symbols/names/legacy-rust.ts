/**
 * Names of Rust's functions as people write them, of the older of its two manglings: `_ZN`, the parts of the path with their lengths, a hash, `E`.
 *
 *   _ZN4core3fmt9Formatter3pad17h0123456789abcdefE                    core::fmt::Formatter::pad
 *   _ZN41_$LT$$RF$T$u20$as$u20$core..fmt..Debug$GT$3fmt17h…E          <&T as core::fmt::Debug>::fmt
 *
 * Source: tools/perf/util/demangle-rust.c of Linux 6.1; rustc_symbol_mangling/src/legacy.rs of Rust 1.80.
 */

const ESCAPES: Readonly<Record<string, string>> = {SP: '@', BP: '*', RF: '&', LT: '<', GT: '>', LP: '(', RP: ')', C: ','};
const HASH = /^h[0-9a-f]{16}$/;

/** Null where it is none of them. The hash is left out, as perf does. */
export function legacyRustName(name: string): string | null {
  if (!name.startsWith('_ZN')) return null;
  const parts: string[] = [];
  let at = 3;
  for (let size = sizeAt(name, at); size; size = sizeAt(name, at)) {
    parts.push(name.slice(size.end, size.end + size.length));
    at = size.end + size.length;
  }
  const hash = parts.pop();
  const isWhole = name[at] === 'E' && (at + 1 === name.length || name[at + 1] === '.');
  return isWhole && hash !== undefined && HASH.test(hash) && parts.length > 0 ? parts.map(readablePart).join('::') : null;
}

function sizeAt(name: string, at: number): {length: number; end: number} | null {
  const digits = /^[1-9]\d{0,4}/.exec(name.slice(at, at + 5))?.[0];
  return digits === undefined ? null : {length: Number(digits), end: at + digits.length};
}

function readablePart(part: string): string {
  // What does not begin with a letter is given an underscore, which is not its own.
  return part
    .replace(/^_\$/, '$')
    .replace(/\$(?:([A-Z]+)|u([0-9a-f]{1,6}))\$/g, (whole, word: string | undefined, code: string | undefined) =>
      (word !== undefined ? ESCAPES[word] : codePoint(Number.parseInt(code ?? '', 16))) ?? whole)
    .replaceAll('..', '::');
}

function codePoint(code: number): string | undefined {
  return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
