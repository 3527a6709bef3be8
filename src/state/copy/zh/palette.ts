/** Simplified Chinese: the command palette. */
import type {Copy} from '../en.ts';

export const palette: Copy['palette'] = {
  title: '命令与去处',
  placeholder: '输入命令、函数，或 G 加编号…',
  sections: {commands: '命令', goroutines: 'Goroutine 列表', functions: '函数', files: '已打开的文件', examples: '示例'},
  none: '没有匹配项',
  found: (count) => `${count} 项可选`,
  more: (count) => `另有 ${count} 项`,
  on: '开',
  off: '关',
  show: (tab) => `显示${tab}`,
  theme: (theme) => `主题：${theme}`,
  language: (name) => `语言：${name}`,
};
