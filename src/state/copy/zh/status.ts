/** Simplified Chinese: the status line. */
import type {Copy} from '../en.ts';

export const status: Copy['status'] = {
  selected: (from, to, length) => `已选 ${from} 至 ${to}（${length}）`,
  whole: (length) => `共录制 ${length}`,
  samples: (count) => `${count} 个采样`,
  faults: (count) => `${count} 个问题`,
  working: '处理中……',
  local: '任何内容都不会离开此浏览器',
};
