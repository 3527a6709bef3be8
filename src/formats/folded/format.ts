/** Folded stacks, as the stackcollapse tools write them: `root;caller;leaf 12`, one stack a line. */
import {utf8} from '../../base/bytes/text.ts';
import {defineFormat, type Verdict} from '../format.ts';

export const folded = defineFormat({
  id: 'folded',
  label: 'folded stacks (a;b;c 12)',
  extensions: ['.folded', '.collapsed'],
  sniff,
  load: () => import('./parse.ts'),
});

/** Every whole line of the head is a stack and a number, and at least one stack has more than one frame. */
function sniff(head: Uint8Array, complete: boolean): Verdict {
  if (head.includes(0)) return 'no';
  const lastNewline = head.lastIndexOf(10);
  const whole = complete ? head : head.subarray(0, lastNewline + 1);
  if (whole.length === 0) return complete ? 'no' : 'need-more';
  const lines = utf8(whole).replace(/^\uFEFF/, '').split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  if (lines.length === 0) return complete ? 'no' : 'need-more';
  if (!lines.every((line) => /^\S.* \d+$/.test(line))) return 'no';
  return lines.some((line) => line.includes(';')) ? 'yes' : complete ? 'no' : 'need-more';
}
