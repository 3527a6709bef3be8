/** A byte string as Go's strconv.Quote (%q) prints it. */

const SHORT: Readonly<Record<number, string>> = {7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r', 34: '\\"', 92: '\\\\'};

/**
 * Go's strconv.IsPrint: letters, marks, numbers, punctuation, symbols, and the ASCII space. Go 1.27 goes by Unicode 15: of characters
 * that are newer (10615 of Unicode 17) it prints the number, we the character.
 */
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const PLAIN = /^[ !#-[\]-~]*$/;
const decoder = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true});

export function goQuote(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const size = sequenceLength(bytes, at);
    const char = size === 0 ? '' : decoder.decode(bytes.subarray(at, at + size));
    if (size === 0) out += `\\x${bytes[at].toString(16).padStart(2, '0')}`;
    else out += escaped(char);
    at += size || 1;
  }
  return `"${out}"`;
}

function escaped(char: string): string {
  if (PLAIN.test(char)) return char;
  const code = char.codePointAt(0)!;
  const short = SHORT[code];
  if (short) return short;
  if (PRINTABLE.test(char)) return char;
  if (code < 32 || code === 127) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Bytes of the UTF-8 sequence at `at`; 0 when it is not valid. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  const size = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  if (size === 0 || at + size > bytes.length) return 0;
  try {
    decoder.decode(bytes.subarray(at, at + size));
    return size;
  } catch {
    return 0;
  }
}
