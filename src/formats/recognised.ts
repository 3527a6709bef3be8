/** Inputs that are known by sight but not read yet, each with the command that makes something readable of it. */
import {utf8} from '../base/bytes/text.ts';

export interface RecognisedKind {
  readonly code: string;
  readonly label: string;
  readonly advice: string;
  test(head: Uint8Array): boolean;
}

const startsWith = (head: Uint8Array, text: string, at = 0) => utf8(head.subarray(at, at + text.length)) === text;

/** pprof's Profile message: it begins with field 1 (sample_type) or 2 (sample), length-delimited, holding small fields. */
const looksLikePprof = (head: Uint8Array) => (head[0] === 0x0a || head[0] === 0x12) && head[1] <= 16 && head[2] === 0x08;

export const recognised: readonly RecognisedKind[] = [
  {
    code: 'perf-data',
    label: 'raw perf.data',
    advice: 'Make text of it with `perf script --header --ns -i perf.data > perf.txt` on the machine that recorded it, and open that.',
    test: (head) => startsWith(head, 'PERFILE2') || startsWith(head, '2ELIFREP'),
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
  {
    code: 'utf-16',
    label: 'text in UTF-16',
    advice: 'Make UTF-8 of it with `iconv -f UTF-16 -t UTF-8 FILE > perf.txt`, and open that.',
    test: (head) => (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff),
  },
  {
    code: 'elf',
    label: 'an ELF binary',
    advice: 'It holds symbols, not samples: open the `perf script` text that was made with it.',
    test: (head) => startsWith(head, '\x7fELF'),
  },
];
