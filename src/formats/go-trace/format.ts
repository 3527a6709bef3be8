/** Go's execution trace, wire format 2: what `runtime/trace` writes since Go 1.22. */
import {utf8} from '../../base/bytes/text.ts';
import {defineFormat, type Verdict} from '../format.ts';

export const goTrace = defineFormat({
  id: 'go-trace',
  label: 'Go execution trace (Go 1.22 or newer)',
  extensions: ['.trace', '.out'],
  sniff,
  load: () => import('./parse.ts'),
});

const HEADER_BYTES = 16;

/** `go 1.NN trace` and three zeros, NN at least 22. */
function sniff(head: Uint8Array, complete: boolean): Verdict {
  if (head.length < HEADER_BYTES) return complete ? 'no' : 'need-more';
  const version = /^go 1\.(\d{2}) trace\0\0\0$/.exec(utf8(head.subarray(0, HEADER_BYTES)));
  return version && Number(version[1]) >= 22 ? 'yes' : 'no';
}
