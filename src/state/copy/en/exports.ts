/** English: what is seen, to keep. */
export const exports = {
  title: 'Export',
  menu: 'Export what is seen',
  graph: 'The picture',
  stacks: 'The stacks',
  svg: 'SVG: lines and text',
  png: 'PNG: image',
  folded: 'Folded stacks',
  pprof: 'pprof (.pb.gz)',
  csv: 'CSV',
  csvOf: (table: string) => `Save ${table} as CSV`,
  nothing: 'Nothing is drawn.',
  weightOf: (weight: string, samples: string) => `${weight} · ${samples}`,
  range: (from: string, to: string) => `${from} to ${to}`,
};
