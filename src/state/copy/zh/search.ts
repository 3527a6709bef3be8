/** Simplified Chinese: searching in function names. */
import type {Copy} from '../en.ts';

export const search: Copy['search'] = {
  found: (functions, weight, share) => `找到 ${functions} 个函数 · ${weight} · ${share}`,
  notFound: '没有函数名包含此文本',
  at: (at, of) => `第 ${at} 个，共 ${of} 个`,
  next: '下一个匹配',
  previous: '上一个匹配',
  matchCase: '区分大小写',
};
