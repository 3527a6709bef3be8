/** Simplified Chinese: the story of a goroutine. */
import type {Copy} from '../en.ts';

export const goroutine: Copy['goroutine'] = {
  title: 'Goroutine',
  titleOf: (id) => `Goroutine ${id}`,
  none: '选择一个 goroutine：点击时间线中的泳道，或在其上按 Enter。',
  createdBy: (id) => `由 goroutine ${id} 创建`,
  creatorUnknown: '在录制开始之前创建',
  lived: (from, to) => `${from} 至 ${to}`,
  fromStart: '开始',
  toEnd: '录制结束',
  noSizes: '此跟踪不含栈大小，步骤未知。',
  noSteps: '视野内它的栈没有变化。',
  columns: {time: '时间', size: '栈', duration: '复制', stack: '最近的已知栈'},
  kinds: {initial: '初始栈', freed: '释放'},
  sizes: (from, to) => `${from} → ${to}`,
  fromSample: '步骤内的采样',
  eventBefore: (duration) => `${duration} 之前的事件，并非起因`,
  eventAfter: (duration) => `${duration} 之后的事件，并非起因`,
  noStack: '未记录栈',
  times: (count) => `× ${count}`,
  moreFrames: (count) => `…… 另有 ${count} 帧`,
  showMore: '显示更多',
};
