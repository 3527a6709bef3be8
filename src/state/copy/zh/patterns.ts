/** Simplified Chinese: patterns of growth, what proves them, what they cost and what helps. */
import type {Copy} from '../en.ts';

export const patterns: Copy['patterns'] = {
  title: '模式',
  names: {'churn': '反复新建而增长', 'oscillation': 'GC 引起的来回', 'big-frame': '一个大栈帧'},
  short: {
    'churn': (goroutines) => `${goroutines} 个 goroutine 爬同一架梯子`,
    'oscillation': (times) => `重新长回 ${times} 次`,
    'big-frame': (times) => `${times} 次增长到两倍以上`,
  },
  goroutinesOf: (goroutines) => `由 {start} 启动的 ${goroutines} 个 goroutine`,
  goroutinesUnknown: (goroutines) => `${goroutines} 个 goroutine`,
  facts: {
    'churn': (growths, times) => `在这架梯子上增长 ${growths} 次；其中 ${times} 个在另一个结束之后才创建，又爬了一遍。`,
    'oscillation': (growths, times) => `${times} 次收缩被 ${growths} 次增长抵消。`,
    'big-frame': (growths) => `${growths} 次增长到两倍以上。`,
  },
  frame: (size) => `引起增长的函数，其栈帧大于 ${size}。`,
  between: (least, largest) => `在 ${least} 与 ${largest} 之间`,
  cost: '代价',
  copying: (duration) => `复制用时 ${duration}`,
  copied: (size) => `复制 ≤ ${size}`,
  noTime: '探针不说明用时',
  where: '位置',
  causes: {
    sample: (part) => `占 ${part} 的增长，取自其自身的栈`,
    caller: (part) => `记录到的最近调用者，占 ${part} 的增长`,
    event: (part) => `${part} 的增长的相邻事件，并非起因`,
  },
  instance: (goroutine) => `查看 ${goroutine}`,
  onlyStart: '只看这些 goroutine',
  why: '为何这样命名',
  criteria: {
    'churn': (goroutines, steps) => `同一起始函数至少有 ${goroutines} 个 goroutine 在视野内创建，连续爬了同样的前 ${steps} 级或更多，且至少一半在另一个结束之后才开始。`,
    'oscillation': '某个 goroutine 增长到某一大小，被收缩，之后又增长到该大小。',
    'big-frame': '运行时将栈加倍；只有当引起增长的函数的栈帧仍放不下时才继续加倍（runtime.newstack）。因此一次增长到两倍以上即是一个大栈帧。',
  },
  helps: '有效的办法',
  remedies: {
    'churn': [
      '让 goroutine 继续存活：从 channel 取任务的 worker 只爬一次，而不是每个请求一次。',
      '缩小这条路径上的栈帧：把按值传递的大数组和结构体改为切片或指针。',
      '自 Go 1.19 起，新 goroutine 以上次垃圾回收测得的平均使用量作为初始大小。请确认 GODEBUG 中没有 adaptivestackstart=0。',
    ],
    'oscillation': [
      '验证：设置 GODEBUG=gcshrinkstackoff=1 后栈只增不减。若代价消失，就是它。',
      '保持深度稳定：用循环和切片代替深递归，或把很深的部分交给专门的 worker。',
      '每次垃圾回收最多收缩一次：回收越少（GOGC、GOMEMLIMIT），收缩越少。',
    ],
    'big-frame': [
      '把大数组或大结构体移到堆上：make 出的切片、指针或 sync.Pool。',
      '如果只有少见的分支需要它，把该分支拆成单独的函数，并标记 //go:noinline。',
      'go build -gcflags=-S 会以 locals= 打印每个函数的栈帧大小。',
    ],
  },
  none: '视野内的事件不能证明任何模式。',
  looked: '查找以下模式，证据不足则不命名：',
  noSizes: '模式由栈大小的变化证明，而打开的文件都不含这些信息。',
  more: (count) => `另有 ${count} 个，代价都更小`,
  start: '打开文件即可看到栈如何增长。',
};
