/** What perf-data.mjs makes, for tests in TypeScript. */
export function writePerfData(path: string, what: {bytes: number; dumpBytes?: number; seed?: number}): {readonly bytes: number; readonly samples: number};
