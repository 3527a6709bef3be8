/** Simplified Chinese: files that are open already. */
import type {Copy} from '../en.ts';

export const same: Copy['same'] = {
  text: (name, open) => (name === open ? `${name} 已经打开：大小、开头和结尾都相同，没有再次打开。` : `${name} 与已打开的 ${open} 看起来相同：大小、开头和结尾都一样，没有再次打开。`),
  openAnyway: '仍然打开',
  dismiss: '知道了',
};
