/** Simplified Chinese: faults. */
import type {Copy} from '../en.ts';

export const faults: Copy['faults'] = {
  title: '问题',
  none: '每个字节都已读懂。',
  severity: {fatal: '中断', skipped: '略过', odd: '异常'},
  line: (line) => `第 ${line} 行`,
  byte: (byte) => `第 ${byte} 字节`,
  firstOf: (shown, all) => `${all} 个中的前 ${shown} 个`,
  nothing: '没有打开文件。',
};
