/** Simplified Chinese: the start page. */
import type {Copy} from '../en.ts';

export const start: Copy['start'] = {
  title: '谁在让 Go 的栈增长、长到多大、代价多少',
  lead: '把 perf script 文本和 Go 执行跟踪拖到页面任意位置。同一次运行中录制的文件共用一条时间轴。',
  dropHeading: '把文件或文件夹拖到这里',
  private: '不会上传任何内容。文件只在此浏览器中读取，并留在这里。',
  readable: '可识别（也可为 gzip 或 zstd）：',
  examples: '试一试',
  examplesLead: '几个小型 Go 程序，perf 与跟踪来自同一次运行。图由这些文件画出：上方是每次栈大小变化，下方是 CPU 采样。',
  exampleNames: {
    recursion: ['递归', 'goroutine 遍历深层树：栈增长，被垃圾回收减半，再次增长'],
    churn: ['频繁新建', '短命的 goroutine，每个都重走同样的增长阶梯'],
    http: ['HTTP 服务', '负载下的处理函数，带 region 与 task'],
    overflow: ['栈溢出', '无止境的递归：一个栈不断翻倍，直到上限'],
  },
};
