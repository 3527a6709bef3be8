/** English: the start page. */
export const start = {
  title: 'Who grows Go stacks, how far, and what it costs',
  lead: 'Drop perf script text and Go execution traces anywhere on this page. Recorded together, they share one time axis.',
  private: 'Nothing is uploaded. Files are read in this browser and stay there.',
  pick: 'Choose files …',
  readable: 'Can be read',
  examples: 'Try it',
  examplesLead: 'Recordings of small Go programs, perf and trace of the same run.',
  capture: 'How to record',
  captureSteps: {
    perf: 'CPU samples, on the clock that Go traces use',
    script: 'As text; the header states the clock',
    trace: 'A Go trace of the same run, with every change of a stack’s size (Go ≥ 1.23)',
  },
  dropHere: 'Drop to open',
  exampleNames: {
    recursion: ['Recursion', 'Goroutines that walk deep trees and grow as they go'],
    churn: ['Churn', 'Short-lived goroutines that each grow the same ladder again'],
    http: ['HTTP service', 'Handlers under load, with regions and tasks'],
    overflow: ['Overflow', 'Recursion without end, up to the limit'],
  } as Readonly<Record<string, readonly [title: string, about: string]>>,
};
