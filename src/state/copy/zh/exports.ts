/** Simplified Chinese: what is seen, to keep. */
import type {Copy} from '../en.ts';

export const exports: Copy['exports'] = {
  title: '导出',
  menu: '导出所见内容',
  graph: '图形',
  stacks: '调用栈',
  svg: 'SVG：线条与文字',
  png: 'PNG：图像',
  folded: '折叠栈',
  pprof: 'pprof 文件（.pb.gz）',
  csv: '保存 CSV',
  csvOf: (table) => `将${table}保存为 CSV`,
  nothing: '没有绘制任何内容。',
  weightOf: (weight, samples) => `${weight} · ${samples}`,
  range: (from, to) => `${from} 至 ${to}`,
};
