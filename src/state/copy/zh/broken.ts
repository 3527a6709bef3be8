/** Simplified Chinese: a page that broke. */
import type {Copy} from '../en.ts';

export const broken: Copy['broken'] = {answer: 'Morestack 自身出错，页面的一部分不是最新的：', title: 'Morestack 自身出错了', advice: '您的文件没有被改动。请重新加载页面。', reload: '重新加载'};
