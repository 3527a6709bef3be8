/** Simplified Chinese: open files and their clocks. */
import type {Copy} from '../en.ts';

export const sources: Copy['sources'] = {
  title: '数据源',
  format: '格式',
  version: (version) => `版本 ${version}`,
  clock: '时钟',
  alignment: '对齐',
  holds: '内容',
  notKept: '已读取但未保留',
  clocks: {
    stated: (name) => `${name}，文件中写明`,
    default: 'perf 的默认时钟：文件头没有写明',
    'not-stated': '未写明：文本没有文件头',
    none: '没有时间',
  },
  alignments: {
    reference: '时间轴就是它的时钟',
    sameClock: (clock) => `同一时钟（${clock}）：偏移 0，两个文件都写明了它`,
    byHand: (offset) => `手动偏移：${offset} ns`,
    asIs: '按您的选择，直接使用其时间',
  },
  notAligned: '未对齐',
  why: {
    'default-clock': 'perf 的默认时钟不是 Go 跟踪的时钟。请用 -k CLOCK_MONOTONIC 录制。',
    'not-stated': '文本没有说明它的时钟。请用 perf script --header 生成。',
    'other-clock': '它的时钟不是 Go 跟踪的时钟。',
    'no-times': '它没有时间。',
  },
  consequence: '它的采样不归属于任何 goroutine。',
  offset: '偏移（ns）：它的时间 + 偏移 = Go 跟踪的时间',
  apply: '应用',
  reset: '按文件所写',
  badOffset: '整数纳秒，例如 −1500 或 12000000',
  useAsIs: '直接使用其时间',
  fit: (share, matching, compared) => `${share} 的完整调用链始于其 goroutine 的起始函数（${compared} 条中的 ${matching} 条）`,
  fitNothing: '没有完整的调用链落在运行中的 goroutine 上，无法比较时钟',
  fitWarning: '时钟正确时超过 95 %。这两个时钟很可能不同。',
  refused: {
    'no-shared-thread': '无法直接使用其时间：此文件的线程都不在跟踪中。是否有一个是在容器中录制的？',
    'ranges-apart': '无法直接使用其时间：两次录制在时间上没有重叠。',
  },
  counts: {
    threads: (count) => `${count} 个线程`,
    goroutines: (count) => `${count} 个 goroutine`,
    samples: (count, event) => `${count} 个 ${event} 采样`,
    growths: (growths, shrinks) => `${growths} 次增长，${shrinks} 次收缩`,
    noSizes: '不含栈大小',
    notKept: (count, what) => `${count} ${what}`,
  },
  axis: '时间轴',
  axisOf: (name) => `${name} 的时间轴`,
};
