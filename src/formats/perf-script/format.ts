/** The text that `perf script` prints. */
import {utf8} from '../../base/bytes/text.ts';
import {defineFormat, type Verdict} from '../format.ts';
import {afterEvent, columnBehind} from './after-event.ts';
import {HeaderLine} from './header-line.ts';

export const perfScript = defineFormat({
  id: 'perf-script',
  label: 'perf script text',
  extensions: ['.perf', '.txt'],
  sniff,
  load: () => import('./parse.ts'),
});

/** `perf script --header` begins its block with this rule. */
const HEADER_RULE = /^\uFEFF?# ========\r?$/m;
/** A frame: TAB, an address right-aligned in 16 columns, a space or the end. */
const FRAME = /^\t(?=[ 0-9a-f]{16}(?: |\r?$)) *[0-9a-f]+(?: |\r?$)/;

/** More of a line does not tell more. */
const LOOK_BYTES = 1 << 10;

/** A header rule, a record header with an event, a frame, or a sample on one line anywhere in the head; log lines may stand before it. */
function sniff(head: Uint8Array, complete: boolean): Verdict {
  if (head.includes(0)) return 'no';
  const text = utf8(head);
  if (HEADER_RULE.test(text) && /^# (?:captured on|cmdline|hostname)/m.test(text)) return 'yes';
  const header = new HeaderLine();
  let start = 0;
  while (start < head.length) {
    const newline = head.indexOf(10, start);
    if (newline < 0 && !complete) break;
    const end = newline < 0 ? head.length : newline;
    if (header.read(head, start, end) && header.eventEnd > header.eventStart) return 'yes';
    if (header.readTimeless(head, start, Math.min(end, start + LOOK_BYTES), false)) {
      const {eventEnd, restStart, restEnd} = header;
      if (afterEvent(utf8(head.subarray(restStart, restEnd)), columnBehind(head, eventEnd, restStart)).isInColumns) return 'yes';
    }
    if (head[start] === 9 && FRAME.test(utf8(head.subarray(start, end)))) return 'yes';
    start = end + 1;
  }
  return complete ? 'no' : 'need-more';
}
