/** Simplified Chinese: the panes of the page. */
import type {Copy} from '../en.ts';

export const panes: Copy['panes'] = {
  title: '窗格',
  skip: '跳转到',
  names: {timeline: '时间线', flame: '火焰图', details: '详情'},
  border: (pane) => `${pane}的大小`,
  goTo: (pane) => `转到${pane}`,
  next: '转到下一个窗格',
  full: '让此窗格占满页面，或还原',
  fill: (pane) => `让${pane}占满页面`,
  shrink: '显示全部窗格',
  open: (pane) => `打开${pane}`,
  close: (pane) => `关闭${pane}`,
};
