/** Simplified Chinese: the headline. */
import type {Copy} from '../en.ts';

export const headline: Copy['headline'] = {
  growthShare: (share) => `${share} 的采样在增长栈`,
  growthShareCpu: (share) => `${share} 的 CPU 时间用于增长栈`,
  noGrowthSamples: (samples) => `${samples} 个采样中没有一个在增长栈`,
  growthShareOf: (share, event) => `${share} 的 ${event} 用于增长栈`,
  growths: (growths, goroutines) => (goroutines === null ? `${growths} 次增长` : `${goroutines} 个 goroutine 中有 ${growths} 次增长`),
  noGrowths: '没有栈增长',
  largest: (size) => `最大的栈 ${size}`,
  copying: (duration) => `复制用时 ${duration}`,
  inRange: '（所选范围内）',
  noSizes: '这些文件不含栈大小',
  ofAll: '占全部采样的比例：它们不在此时间轴上',
  preemptions: (count) => `${count} 次抢占不计为增长`,
  overflow: (count) => `${count} 个栈溢出采样`,
  shrinks: (count) => `${count} 个采样在收缩栈`,
};
