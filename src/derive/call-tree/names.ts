/** Names of the nodes of a tree: the functions of all sources that its stacks are of, then what it is rooted by. */
import {text} from '../../model/trace.ts';
import type {Session, SessionSource} from '../derivation.ts';
import {FrameKind, type Labels} from '../labels/shape.ts';

export interface NodeNames {
  readonly names: readonly string[];
  /** By row of `names`: kind of the function; `Group` for what the tree is rooted by. */
  readonly kindOfName: Uint8Array;
  readonly dsoOfName: readonly (string | null)[];
  /** How many of the first are functions. */
  readonly functions: number;
  /** By source, then by row of its frames: row of `names`. */
  readonly ofFrame: readonly Int32Array[];
}

/** Functions of one name and kind are one, in whatever source. The first source's keep their rows. Cost: linear in the frames of the sources. */
export function functionNames(session: Session, sources: readonly SessionSource[], groups: readonly string[]): NodeNames {
  if (sources.length !== 1 || groups.length > 0) return madeNames(session, sources, groups);
  // Of one source, which is the rule, every range has the same.
  const labels = session.labels(sources[0]);
  let names = namesOfLabels.get(labels);
  if (!names) namesOfLabels.set(labels, (names = madeNames(session, sources, groups)));
  return names;
}

const namesOfLabels = new WeakMap<Labels, NodeNames>();

function madeNames(session: Session, sources: readonly SessionSource[], groups: readonly string[]): NodeNames {
  const names: string[] = [];
  const kinds: number[] = [];
  const dsos: (string | null)[] = [];
  const rows = new Map<string, number>();
  const ofFrame = sources.map((source) => {
    const labels = session.labels(source);
    const rowOf = Int32Array.from(labels.names, (name, label) => {
      const key = `${labels.kind[label]} ${name}`;
      let row = rows.get(key);
      if (row === undefined) {
        rows.set(key, (row = names.push(name) - 1));
        kinds.push(labels.kind[label]);
        dsos.push(text(source.trace, labels.dso[label]));
      }
      return row;
    });
    return labels.ofFrame.map((label) => rowOf[label]);
  });
  const functions = names.length;
  const all = names.concat(groups);
  return {
    names: all, functions, ofFrame,
    kindOfName: Uint8Array.from(all, (_, row) => kinds[row] ?? FrameKind.Group),
    dsoOfName: all.map((_, row) => dsos[row] ?? null),
  };
}
