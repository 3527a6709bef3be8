/** Simplified Chinese: what the worker is at, when that takes long. */
import type {Copy} from '../en.ts';

export const work: Copy['work'] = {
  answering: '正在回答一个问题',
  ofSamples: (doing, samples) => `${doing}（${samples} 个样本）…`,
  doing: {
    summary: '正在查看文件',
    overview: '正在绘制概览',
    lanes: '正在绘制泳道',
    flame: '正在构建调用树',
    functions: '正在汇总函数',
    growthTable: '正在统计栈增长',
    goroutine: '正在整理该 goroutine 的经过',
    alignment: '正在比较时钟',
    patterns: '正在寻找模式',
    matches: '正在查找匹配项',
    laneMatches: '正在各行上查找匹配',
    nextMatch: '正在查找下一个匹配项',
    stackFile: '正在写出调用栈',
    steps: '正在查找下一个事件',
    links: '正在查找因果关系',
  },
};
