/** Simplified Chinese: how files come in. */
import type {Copy} from '../en.ts';

export const opening: Copy['opening'] = {
  pick: '选择文件……',
  pickFolder: '选择文件夹……',
  paste: '粘贴',
  pasteByKey: '浏览器不允许页面读取剪贴板。请按 Ctrl+V（⌘V）。',
  nothingToPaste: '剪贴板中没有文本。',
  dropHere: '松开即打开',
  dropWhat: '文件或文件夹：perf.data、perf script 文本、Go 跟踪、折叠栈、二进制文件',
  dropBeside: '将与已打开的文件并列打开',
  looking: (name) => `正在查看 ${name}……`,
  lookingAt: (name, count) => `正在查看 ${name}：${count} 个文件……`,
  folderOpened: (name, opened, files) => `${name}：${files} 个文件中打开了 ${opened} 个。`,
  folderEmpty: (name) => `${name}：其中没有可查看的文件。`,
  folderNothing: (name, files) => `${name}：${files} 个文件均无法识别。`,
  folderCut: '其中的内容多于所查看的。',
  notUnderstood: (count) => `${count} 个无法识别`,
  left: (count) => `另有 ${count} 个可读取：请单独拖入`,
  more: (count) => `……还有 ${count} 个`,
  recent: '最近的文件',
  recentNote: '此浏览器只记住它们的位置，不保存其内容。',
  open: (name) => `打开 ${name}`,
  forget: (name) => `忘记 ${name}`,
  forgetAll: '全部忘记',
  problems: {gone: '已不存在', denied: '浏览器不允许'},
};
