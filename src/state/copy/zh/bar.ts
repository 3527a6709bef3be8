/** Simplified Chinese: the bar at the top. */
import type {Copy} from '../en.ts';

export const bar: Copy['bar'] = {
  add: '添加文件',
  search: '搜索函数',
  theme: '主题',
  themes: {system: '跟随系统', light: '浅色', dark: '深色'},
  language: '语言',
  languageSign: '中',
  sources: '数据源',
  files: (count) => `${count} 个文件`,
  removeSource: (name) => `移除 ${name}`,
  cancelReading: (name) => `取消读取 ${name}`,
  readingBytes: (done, of) => (of === null ? `已读 ${done}` : `${done} / ${of}`),
  traceFormat: (version) => `跟踪格式 ${version}`,
  unreadable: '无法读取',
  failed: '失败',
};
