/** English: the panes of the page. */
export const panes = {
  title: 'Panes',
  skip: 'Skip to',
  names: {timeline: 'Time line', flame: 'Flame graph', details: 'Details'},
  border: (pane: string) => `Size of ${pane}`,
  goTo: (pane: string) => `Go to ${pane}`,
  next: 'Go to the next pane',
  full: 'Give this pane the page, and back',
  fill: (pane: string) => `Give ${pane} the page`,
  shrink: 'Show all panes',
  open: (pane: string) => `Open ${pane}`,
  close: (pane: string) => `Close ${pane}`,
};
