/** Simplified Chinese: the function table. */
import type {Copy} from '../en.ts';

export const functions: Copy['functions'] = {
  title: '函数',
  table: '视野内的函数',
  columns: {name: '函数', self: '自身', total: '总计', count: '采样数', overTime: '随时间'},
  explain: {
    name: '尽量简短而清楚的函数名；指向它时显示全名',
    self: '函数自身的权重',
    total: '连同它调用的全部；多次包含它的栈只计一次',
    count: '总计所含的采样、增长或状态数',
    overTime: '总计在范围各部分中的权重',
  },
  overTimeMost: (most, from, to, parts, of) => `最多 ${most}，${from} 至 ${to}；${of} 段中有 ${parts} 段不为零`,
  overTimeParts: (values) => `逐段：${values}`,
  search: '在此表中查找',
  found: (count, of) => `${of} 个函数中的 ${count} 个`,
  whole: (functions) => `全部 ${functions}`,
  empty: '视野内没有函数。',
  nothingFound: '没有函数名包含此文本。',
  keys: {sandwich: '函数的调用者与被调用者', choose: '选择此函数', clear: '取消选择'},
  callers: '调用者',
  callees: '调用',
  lines: '文件与行号',
  noCallers: '没有记录到调用它的函数',
  noCallees: '视野内它不调用任何函数',
  noLines: '此录制不含文件与行号。同时打开 Go 二进制文件可得到它们，perf script 加 -F +srcline 也可写出它们。',
  address: '地址',
  morePlaces: (count) => `另有 ${count} 处`,
  sandwich: '以图形显示调用者与被调用者',
  close: '关闭',
};
