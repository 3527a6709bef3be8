/** Simplified Chinese: the growth table. */
import type {Copy} from '../en.ts';

export const growth: Copy['growth'] = {
  title: '增长',
  columns: {
    startFunction: '起始函数', goroutines: 'goroutine', growths: '增长', shrinks: '收缩', largestBytes: '最大', copiedBytes: '复制 ≤', copyNs: '复制用时', growthWeight: '采样',
  },
  explain: {
    startFunction: '启动这些 goroutine 的函数',
    goroutines: '栈有变化的 goroutine，或有增长采样的 goroutine',
    growths: '跟踪记录的栈增长次数',
    shrinks: '跟踪记录的栈收缩次数',
    largestBytes: '见到的最大栈',
    copiedBytes: '旧大小之和：实际复制的不会超过它',
    copyNs: '复制用时，不含 stackalloc 与 stackfree',
    growthWeight: '增长栈的采样权重，占视野内全部采样的比例',
  },
  total: '合计',
  unknownStart: '未知',
  notKnown: '未知',
  more: (count) => `另有 ${count} 个起始函数`,
  countedFrom: (name) => `增长次数只取自 ${name}，从不跨数据源相加。`,
  untoldProbes: (count) => `${count} 个探针既未说明增长也未说明收缩，未计入：它们没有 lo 和 hi，调用链也看不出来。`,
  countedFromProbes: (name) => `增长次数只取自 ${name} 中的探针，从不跨数据源相加。探针不说明复制用时。`,
  noSizes: '打开的数据源都不含栈大小。可知的是调用链在增长栈的采样比例。',
  stacks: (sample, event, none) => `各步骤的栈：${sample} 个来自步骤内的采样 · ${event} 个来自相邻事件 · ${none} 个未记录`,
  lanesOf: (name) => `显示 ${name} 的泳道`,
  empty: '视野内没有增长。',
  start: '打开文件即可看到谁增长了栈。',
};
