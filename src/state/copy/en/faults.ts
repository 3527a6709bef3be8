/** English: faults. */
export const faults = {
  title: 'Faults',
  none: 'Every byte was understood.',
  severity: {fatal: 'broke off', skipped: 'left out', odd: 'odd'},
  line: (line: string) => `line ${line}`,
  byte: (byte: string) => `byte ${byte}`,
  firstOf: (shown: string, all: string) => `first ${shown} of ${all}`,
  nothing: 'No file is open.',
};
