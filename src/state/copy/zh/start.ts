/** Simplified Chinese: the start page. */
import type {Copy} from '../en.ts';

export const start: Copy['start'] = {
  title: '谁在让 Go 的栈增长、长到多大、代价多少',
  lead: '把 perf script 文本和 Go 执行跟踪拖到页面任意位置。同一次运行中录制的文件共用一条时间轴。',
  private: '不会上传任何内容。文件只在此浏览器中读取，并留在这里。',
  pick: '选择文件……',
  readable: '可读取',
  examples: '试一试',
  examplesLead: '几个小型 Go 程序的录制，perf 与跟踪来自同一次运行。',
  capture: '如何录制',
  captureSteps: {
    perf: 'CPU 采样，使用 Go 跟踪所用的时钟',
    script: '转为文本；文件头会写明时钟',
    trace: '同一次运行的 Go 跟踪，含每次栈大小变化（Go ≥ 1.23）',
  },
  dropHere: '松开即打开',
  exampleNames: {
    recursion: ['递归', '遍历深层树、边走边增长的 goroutine'],
    churn: ['频繁新建', '短命的 goroutine，每个都重走同样的增长阶梯'],
    http: ['HTTP 服务', '负载下的处理函数，带 region 与 task'],
    overflow: ['栈溢出', '无止境的递归，直到上限'],
  },
};
