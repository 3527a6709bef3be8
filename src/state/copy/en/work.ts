/** English: what the worker is at, when that takes long. */
export const work = {
  answering: 'answering a question',
  ofSamples: (doing: string, samples: string) => `${doing} of ${samples} samples …`,
  doing: {
    summary: 'looking through the files',
    overview: 'drawing the overview',
    lanes: 'drawing the lanes',
    flame: 'building the call tree',
    functions: 'adding up the functions',
    growthTable: 'counting growths',
    goroutine: 'telling the story of the goroutine',
    alignment: 'comparing the clocks',
    patterns: 'looking for patterns',
    matches: 'looking for matches',
    laneMatches: 'looking for matches on the lanes',
    nextMatch: 'looking for the next match',
    stackFile: 'writing the stacks',
    steps: 'looking for the next event',
    links: 'looking for who caused what',
  } as Readonly<Record<string, string>>,
};
