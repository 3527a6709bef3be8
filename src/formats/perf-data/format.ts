/** What `perf record` writes: perf.data, as a file or as it goes through a pipe. */
import {defineFormat, type Verdict} from '../format.ts';

export const perfData = defineFormat({
  id: 'perf-data',
  label: 'raw perf.data',
  extensions: ['.data'],
  sniff,
  load: () => import('./parse.ts'),
});

/** `PERFILE2`, or the same number in the other byte order. */
const MAGICS = ['PERFILE2', '2ELIFREP'];

function sniff(head: Uint8Array, complete: boolean): Verdict {
  const start = String.fromCharCode(...head.subarray(0, 8));
  if (MAGICS.includes(start)) return 'yes';
  return !complete && MAGICS.some((magic) => magic.startsWith(start)) ? 'need-more' : 'no';
}
