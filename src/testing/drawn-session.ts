/** Sessions for tests, and what they answer in a form that a person can read. */
import type {AlignmentChoice} from '../derive/axis/shape.ts';
import type {CallTree} from '../derive/call-tree/shape.ts';
import type {Session, SessionSymbols} from '../derive/derivation.ts';
import {FrameKind} from '../derive/labels/shape.ts';
import {session} from '../derive/session.ts';
import type {Trace} from '../model/trace.ts';

/** A session of these traces: the first is source 1, named `file 1`, and so on. */
export function sessionOf(traces: readonly Trace[], choices: Readonly<Record<number, AlignmentChoice>> = {}, symbols: readonly SessionSymbols[] = []): Session {
  const sources = traces.map((trace, i) => ({id: i + 1, name: `file ${i + 1}`, trace}));
  return session(sources, new Map(Object.entries(choices).map(([id, choice]) => [Number(id), choice])), symbols);
}

const PLACES: Readonly<Record<number, string>> = {
  [FrameKind.Root]: 'all', [FrameKind.LostCaller]: '[caller not recorded]', [FrameKind.LostTwo]: '[2 frames not recorded]', [FrameKind.Cut]: '[cut off]', [FrameKind.Group]: '[not known]', [FrameKind.NoStack]: '[stack not recorded]', [FrameKind.OtherStack]: '[other stack not copied]',
};

/** A call tree as indented lines of `name total`, with `self` where it has some, and `growth` on frames of that kind. */
export function treeText(tree: Pick<CallTree, 'length' | 'depth' | 'name' | 'kind' | 'self' | 'total' | 'names'>): string {
  const lines = Array.from({length: tree.length}, (_, row) => {
    const name = tree.name[row] < 0 ? PLACES[tree.kind[row]] : tree.names[tree.name[row]];
    const self = tree.self[row] > 0 ? ` self ${tree.self[row]}` : '';
    return `${'  '.repeat(tree.depth[row])}${name} ${tree.total[row]}${self}${tree.kind[row] === FrameKind.Growth ? ' growth' : ''}`;
  });
  return `${lines.join('\n')}\n`;
}

/** Lines of text without the indentation that they share, so that expected trees can stand indented in a test. */
export function unindented(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.length - line.trimStart().length));
  return `${lines.map((line) => line.slice(indent).trimEnd()).join('\n')}\n`;
}
