/** Simplified Chinese: the sheet of keys. */
import type {Copy} from '../en.ts';

export const keys: Copy['keys'] = {
  title: '按键与手势',
  close: '关闭',
  places: {page: '任意位置', timeline: '时间线中', flame: '火焰图中', table: '表格中'},
  pointer: '用鼠标或触摸',
  gestures: [
    ['拖动', '选取一段时间，所有视图只显示这一段'],
    ['Shift + 拖动', '平移'],
    ['Ctrl + 滚轮，双指捏合', '以指针处为中心缩放'],
    ['点击一个帧', '放大到该帧'],
    ['拖动窗格之间的分隔线', '调整大小；双击恢复初始大小'],
    ['拖入文件', '打开文件'],
  ],
};
