/** English: the growth table. */
export const growth = {
  title: 'Growth',
  columns: {
    startFunction: 'Start function', goroutines: 'Goroutines', growths: 'Growths', shrinks: 'Shrinks', largestBytes: 'Largest', copiedBytes: 'Copied ≤', copyNs: 'Copy time', growthWeight: 'Samples',
  },
  explain: {
    startFunction: 'The function that the goroutines were started with',
    goroutines: 'Goroutines whose stack changed, or that a growth sample is of',
    growths: 'Stack growths that the trace recorded',
    shrinks: 'Stack shrinks that the trace recorded',
    largestBytes: 'Largest stack size seen',
    copiedBytes: 'Old sizes added up: what was copied is at most this',
    copyNs: 'Time of copying, without stackalloc and stackfree',
    growthWeight: 'Weight of samples that grow a stack, of all samples in view',
  },
  total: 'All',
  unknownStart: 'not known',
  notKnown: 'not known',
  more: (count: string) => `${count} more start functions`,
  countedFrom: (name: string) => `Growths are counted from ${name} alone, never added over sources.`,
  untoldProbes: (count: string) => `${count} probes tell neither growth nor shrink, and are not counted: they have no lo and hi, and no call chain that says it.`,
  countedFromProbes: (name: string) => `Growths are counted from the probes in ${name} alone, never added over sources. Probes do not tell how long a copy took.`,
  noSizes: 'No open source has stack sizes. What is known is the share of samples whose call chain grows a stack.',
  stacks: (sample: string, event: string, none: string) => `Stack of each step: ${sample} from a sample inside it · ${event} from a neighbouring event · ${none} not recorded`,
  lanesOf: (name: string) => `Show lanes of ${name}`,
  empty: 'No growth in view.',
  start: 'Open a file to see who grew stacks.',
};
