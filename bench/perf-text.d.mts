/** What perf-text.mjs makes, for tests in TypeScript. */
export function writePerfText(path: string, what: {bytes: number; vary?: 'leaf' | 'all'; seed?: number}): {readonly bytes: number; readonly samples: number};
