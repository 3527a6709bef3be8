/** Simplified Chinese: the status line. */
import type {Copy} from '../en.ts';

export const status: Copy['status'] = {
  selected: (from, to, length) => `已选 ${from} 至 ${to}（${length}）`,
  whole: (length) => `共录制 ${length}`,
  samples: (count) => `${count} 个采样`,
  samplesInView: (inView, all) => `${all} 个采样中的 ${inView} 个`,
  faults: (count) => `${count} 个问题`,
  goroutines: (count) => `${count} 个 goroutine`,
  reading: (name, done) => `正在读取 ${name}：${done}`,
  again: (name, done) => `正在重新回溯 ${name} 的栈：${done}`,
  stop: '停止',
  stopAgain: (name) => `停止：${name} 的栈保持不变`,
  waits: (name) => `${name} 正在等待前面的文件`,
  working: '工作线程忙',
  idle: '工作线程空闲',
  heldHelp: '已打开文件的数据表在工作线程内存中所占的大小',
  local: '任何内容都不会离开此浏览器',
};
