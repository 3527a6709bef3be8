/** Simplified Chinese: what the address asks for, and what is told to those who listen. */
import type {Copy} from '../en.ts';

export const address: Copy['address'] = {
  awaited: (files) => `此链接指向 ${files} 的一个视图。把同样的文件拖到本页即可看到：链接中不含数据。`,
  file: (name, size) => (name === null ? (size === null ? '一个文件' : `一个 ${size} 的文件`) : size === null ? name : `${name}（${size}）`),
  forget: '忽略此链接',
  read: (names) => `${names} 已读取`,
  allSelected: '现显示全部时间',
  shortened: '视图超出了链接可容纳的长度（1,024 个字符）：地址中略去了一部分。',
};
