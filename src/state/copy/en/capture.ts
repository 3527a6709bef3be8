/** English: how to record, what each way gives and costs, and what each kind of file tells. */
export const capture = {
  title: 'How to record',
  copy: 'Copy',
  copied: 'Copied',
  refused: 'Not allowed: select and copy',
  copyOf: (step: string) => `Copy: ${step}`,
  gives: 'Gives',
  costs: 'Costs',
  ways: {
    pair: 'Samples and trace of the same run',
    server: 'A server that already runs',
    container: 'Inside a container',
    probe: 'Stack sizes without such a trace',
  },
  steps: {
    trace: ['In the program', 'Goroutines: who started them, when they run and why they wait', 'A program that dies before trace.Stop loses about the last second'],
    perf: ['Run it under perf', 'CPU samples on the clock of Go traces; in the trace every change of a stack’s size (Go ≥ 1.23)', '997 samples a second on each busy CPU; a trace about 3 times as large, for it names heap objects too'],
    script: ['Make text of the samples', 'Text that states its clock, to the nanosecond', '0.5 to 6 kB a sample, by the depth of the stacks'],
    server: ['Both at once, for a second', 'The same pair. The program imports net/http/pprof and was started with GODEBUG=traceallocfree=1', 'As above, while it lasts'],
    container: ['perf where the program is', 'Thread numbers as the trace has them. On the host perf sees others, and no sample finds its goroutine', 'perf in the image and the right to use it: --cap-add PERFMON'],
    probe: ['A probe on runtime.copystack', 'Every growth with its sizes, also with Go 1.22 or without a trace', 'Root, amd64 and symbols; some 10 µs each growth: counts and sizes are exact, times are not'],
  } as Readonly<Record<string, readonly [title: string, gives: string, costs: string]>>,
  tells: 'What each file tells',
  inputs: {perf: 'perf', probe: 'perf with a probe', trace: 'trace', allocfree: 'trace, traceallocfree', both: 'perf and that trace'},
  facts: {
    share: 'Share of CPU in stack growth',
    sizes: 'Every growth, with its sizes',
    copyTime: 'Time to copy',
    goroutines: 'Goroutines and their states',
    cause: 'The stack that grew',
  },
  marks: {yes: 'yes', some: 'in part', no: 'no'},
};
