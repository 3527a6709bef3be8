/** English: the start page. */
export const start = {
  title: 'Who grows Go stacks, how far, and what it costs',
  lead: 'Drop perf script text and Go execution traces anywhere on this page. Recorded together, they share one time axis.',
  dropHeading: 'Drop files or a folder here',
  private: 'Nothing is uploaded. Files are read in this browser and stay there.',
  readable: 'Understood, also in gzip or zstd:',
  examples: 'Try it',
  examplesLead: 'Small Go programs, perf and trace of the same run. The pictures are drawn from these files: above every change of a stack’s size over time, below the CPU samples.',
  exampleNames: {
    recursion: ['Recursion', 'Goroutines walk deep trees: stacks grow, are halved by the collector, and grow again'],
    churn: ['Churn', 'Short-lived goroutines that each climb the same ladder anew'],
    http: ['HTTP service', 'Handlers under load, with regions and tasks'],
    overflow: ['Overflow', 'Recursion without end: one stack doubles up to the limit'],
  } as Readonly<Record<string, readonly [title: string, about: string]>>,
};
