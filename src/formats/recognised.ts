/** Inputs that are known by sight but not read yet, each with the command that makes something readable of it. */
import {utf8} from '../base/bytes/text.ts';

export interface RecognisedKind {
  readonly code: string;
  readonly label: string;
  readonly advice: string;
  test(head: Uint8Array): boolean;
}

const startsWith = (head: Uint8Array, text: string, at = 0) => utf8(head.subarray(at, at + text.length)) === text;

/** Wire type of each field of pprof's Profile message, by field number: 0 a number, 2 bytes (numbers may be packed into bytes). */
const PPROF_FIELDS: Readonly<Record<number, number>> = {1: 2, 2: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 0, 8: 0, 9: 0, 10: 0, 11: 2, 12: 0, 13: 2, 14: 0, 15: 0};

/** pprof's Profile message: every field of the head is one that it has, and one of them is a sample type, a sample or a name. */
function looksLikePprof(head: Uint8Array): boolean {
  let hasContent = false;
  let at = 0;
  for (let field = 0; field < 64 && at < head.length; field++) {
    const number = head[at] >> 3;
    const wireType = head[at] & 7;
    if (head[at] > 127 || PPROF_FIELDS[number] !== wireType) return false;
    const {value, next} = varint(head, at + 1);
    if (next < 0) return hasContent;
    if (wireType === 2 && number <= 6) hasContent = true;
    at = wireType === 2 ? next + value : next;
  }
  return hasContent;
}

/** A number in seven bits a byte; `next` -1: it does not end in the bytes. */
function varint(bytes: Uint8Array, at: number): {value: number; next: number} {
  let value = 0;
  for (let i = 0; i < 10 && at + i < bytes.length; i++) {
    value += (bytes[at + i] & 127) * 2 ** (7 * i);
    if (bytes[at + i] < 128) return {value, next: at + i + 1};
  }
  return {value, next: -1};
}

export const recognised: readonly RecognisedKind[] = [
  {
    code: 'perf-data-v1',
    label: 'a perf.data of the first version, which perf wrote until 2009',
    advice: 'Make text of it with the perf that recorded it: `perf script -i perf.data > perf.txt`, and open that.',
    test: (head) => startsWith(head, 'PERFFILE') || startsWith(head, 'ELIFFREP'),
  },
  {
    code: 'go-trace-v1',
    label: 'a Go execution trace of Go 1.21 or older',
    advice: '`go tool trace FILE` shows it; a trace recorded with Go 1.22 or newer can be opened here.',
    test: (head) => /^go 1\.(?:[5-9]|1\d|20|21) trace\0\0\0/.test(utf8(head.subarray(0, 16))),
  },
  {
    code: 'pprof',
    label: 'a pprof profile',
    advice: 'Make folded stacks of it with `go tool pprof -raw FILE | stackcollapse-go.pl > stacks.folded`, and open that.',
    test: looksLikePprof,
  },
];
