/** Punycode (RFC 3492) as Rust's mangling has it: letters of ASCII, `_`, and where the others stand. */
const BASE = 36;
const MIN = 1;
const MAX = 26;
const SKEW = 38;
const DAMP = 700;
const FIRST_BIAS = 72;
const FIRST_CODE = 0x80;

/** Null where it is none. */
export function fromPunycode(text: string): string | null {
  const end = text.lastIndexOf('_');
  const chars = end < 0 ? [] : Array.from(text.slice(0, end));
  let code = FIRST_CODE;
  let at = 0;
  let bias = FIRST_BIAS;
  for (let i = end + 1; i < text.length; ) {
    const before = at;
    let weight = 1;
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(text.charCodeAt(i++));
      if (digit < 0) return null;
      at += digit * weight;
      const threshold = k <= bias ? MIN : Math.min(k - bias, MAX);
      if (digit < threshold) break;
      weight *= BASE - threshold;
      if (weight > Number.MAX_SAFE_INTEGER) return null;
    }
    const count = chars.length + 1;
    bias = adapted(at - before, count, before === 0);
    code += Math.floor(at / count);
    at %= count;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return null;
    chars.splice(at++, 0, String.fromCodePoint(code));
  }
  return chars.join('');
}

/** -1: none. */
function digitOf(char: number): number {
  if (char >= 0x61 && char <= 0x7a) return char - 0x61;
  return char >= 0x30 && char <= 0x39 ? char - 0x30 + 26 : -1;
}

function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let k = 0;
  for (; rest > ((BASE - MIN) * MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - MIN));
  return k + Math.floor(((BASE - MIN + 1) * rest) / (rest + SKEW));
}
