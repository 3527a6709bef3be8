/** What folded-tree.mjs makes, for tests in TypeScript. */
export function writeFoldedTree(path: string, what: {nodes: number; seed?: number}): {readonly bytes: number; readonly lines: number; readonly nodes: number};
