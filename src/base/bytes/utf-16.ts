/** Text in UTF-16, as PowerShell saves it, made UTF-8 for the readers, which know nothing else. */
import type {ByteStream} from './source.ts';

/** Code units that are looked at where there is no byte order mark. */
const LOOK_UNITS = 64;
/** So many at least must be there to tell without a mark. */
const SURE_UNITS = 16;

/** Which UTF-16 the bytes are of: by their byte order mark, or, without one, because they begin with plain ASCII in two bytes each. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const units = Math.min(LOOK_UNITS, head.length >> 1);
  if (units < SURE_UNITS) return null;
  for (const [label, low] of [['utf-16le', 0], ['utf-16be', 1]] as const) {
    let at = 0;
    while (at < units && head[2 * at + 1 - low] === 0 && isText(head[2 * at + low])) at++;
    if (at === units) return label;
  }
  return null;
}

/** The text in UTF-8, without a byte order mark; what is no character becomes U+FFFD. */
export function fromUtf16(stream: ByteStream, label: 'utf-16le' | 'utf-16be'): ByteStream {
  const decoder = new TextDecoder(label);
  const encoder = new TextEncoder();
  let ended = false;
  return {
    read: async () => {
      while (!ended) {
        const piece = await stream.read();
        ended = piece === null;
        const text = decoder.decode(piece ?? undefined, {stream: !ended});
        if (text !== '') return encoder.encode(text);
      }
      return null;
    },
  };
}

function isText(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}
