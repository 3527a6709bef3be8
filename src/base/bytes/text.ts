/** Bytes as text for people: UTF-8, and what is not valid UTF-8 as U+FFFD. */

const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

/** Bytes as text; what is no UTF-8 becomes U+FFFD. */
export function utf8(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** At most `limit` bytes from `start`, with control characters made visible, for the excerpt of a fault. */
export function excerpt(bytes: Uint8Array, start: number, end: number, limit = 160): string {
  const text = utf8(bytes.subarray(start, Math.min(end, start + limit))).replace(/[\u0000-\u001f\u007f]/g, (c) => (c === '\t' ? '\u2192' : '\u00b7'));
  return end - start > limit ? `${text}…` : text;
}

/** The first bytes in hexadecimal, for the excerpt of a fault in a binary file. */
export function hexExcerpt(bytes: Uint8Array, start: number, end: number, limit = 24): string {
  const shown = [...bytes.subarray(start, Math.min(end, start + limit))].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return end - start > limit ? `${shown} …` : shown;
}
