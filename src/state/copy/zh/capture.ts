/** Simplified Chinese: how to record. */
import type {Copy} from '../en.ts';

export const capture: Copy['capture'] = {
  title: '如何录制',
  copy: '复制',
  copied: '已复制',
  refused: '未获允许：请选中后复制',
  copyOf: (step) => `复制：${step}`,
  gives: '得到',
  costs: '代价',
  ways: {
    pair: '同一次运行的采样与跟踪',
    server: '已在运行的服务',
    container: '在容器内',
    probe: '没有此类跟踪时的栈大小',
  },
  steps: {
    trace: ['在程序中', 'goroutine：由谁启动、何时运行、为何等待', '若程序在 trace.Stop 之前终止，会丢失约最后一秒'],
    perf: ['在 perf 下运行', '使用 Go 跟踪时钟的 CPU 采样；跟踪中含每次栈大小变化（Go ≥ 1.23）', '每个繁忙的 CPU 每秒 997 次采样；跟踪约为 3 倍大，因为也记录堆对象'],
    script: ['把采样转为文本', '写明时钟、精确到纳秒的文本', '每个采样 0.5 到 6 kB，取决于栈深'],
    server: ['两者同时录制一秒', '同样的一对文件。程序需导入 net/http/pprof，并以 GODEBUG=traceallocfree=1 启动', '录制期间同上'],
    container: ['perf 与程序在同一处运行', '线程号与跟踪一致。在主机上 perf 看到的是另外的线程号，采样找不到其 goroutine', '镜像中需有 perf 及其权限：--cap-add PERFMON'],
    probe: ['在 runtime.copystack 上设探针', '每次增长及其大小，Go 1.22 或没有跟踪时也可', '需要 root、amd64 与符号；每次增长约 10 µs：次数与大小精确，时间则不然'],
  },
  tells: '各种文件能说明什么',
  inputs: {perf: '仅 perf', probe: 'perf 加探针', trace: '跟踪', allocfree: '跟踪，traceallocfree', both: 'perf 加此跟踪'},
  facts: {
    share: '栈增长所占 CPU 比例',
    sizes: '每次增长及其大小',
    copyTime: '复制用时',
    goroutines: 'goroutine 及其状态',
    cause: '哪个调用栈触发了增长',
  },
  marks: {yes: '有', some: '部分', no: '无'},
};
