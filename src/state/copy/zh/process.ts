/** Simplified Chinese: whose samples are looked at, and what narrows the view. */
import type {Copy} from '../en.ts';

export const process: Copy['process'] = {
  choose: '选择进程、线程或 comm',
  search: '名称或编号',
  everyProcess: (count) => (count === '1' ? '整个录制' : `全部 ${count} 个进程`),
  everyName: (count) => (count === '1' ? '整个录制' : `全部 ${count} 个 comm`),
  processes: (count) => `${count} 个进程`,
  names: (count) => `${count} 个 comm`,
  threads: (count) => `${count} 个线程`,
  chosen: (name, share) => `${name} · 占采样 ${share}`,
  pid: (name, pid) => (name === '' ? `进程 ${pid}` : `${name}（pid ${pid}）`),
  tid: (name, tid) => (name === '' ? `线程 ${tid}` : `${name}（tid ${tid}）`),
  unnamed: '无名称',
  noPids: '此文本没有 pid：线程按 comm 归类。perf script -F +pid 可加上。',
  ofTrace: 'Go 跟踪',
  ofTraceWhy: 'Go 跟踪的线程上的采样大多属于它',
  open: (name) => `${name} 的线程`,
  more: (count) => `还有 ${count} 个：请搜索`,
  none: '没有名称或编号与之相符',
  filters: '仅显示',
  preset: '已预先选定：Go 跟踪属于它',
  showAll: '显示全部',
  remove: (what) => `不再仅限于${what}`,
  removeAll: '移除所有筛选',
  chips: {
    process: (what) => `进程 ${what}`,
    thread: (tid) => `线程 ${tid}`,
    comm: (comm) => `名为 ${comm} 的线程`,
    startFunction: (name) => `以 ${name} 启动`,
    goroutine: (id) => `goroutine ${id} 一个`,
  },
};
