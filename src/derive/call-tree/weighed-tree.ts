/** A query -> its tree: what it weighs is gathered, hung up by its stacks, changed by each transform in turn, and brought into order. */
import type {Session} from '../derivation.ts';
import {stackNodes} from './build.ts';
import {gathered} from './gather.ts';
import {preorder} from './preorder.ts';
import {roots} from './roots.ts';
import type {CallTreeQuery, WeighedTree} from './shape.ts';
import {transformed} from './transform.ts';

/** null: the source is not open, or no source of its axis tells of what is weighed. Cost: linear in things and stacks, and that of the transforms. */
export function weighedTree(session: Session, query: CallTreeQuery): WeighedTree | null {
  const found = gathered(session, query);
  if (!found) return null;
  const made = stackNodes(session, found, roots(session, found, query.rootedBy), query.chains);
  let {nodes} = made;
  /** Of each change in turn, and of bringing into order: where the nodes before it went. */
  const moves: Int32Array[] = [];
  for (const transform of query.transforms) {
    const changed = transformed(nodes, transform);
    nodes = changed.nodes;
    moves.push(changed.to);
  }
  const {tree, rowOf} = preorder(nodes);
  const {source, stackSources, sums, neighbour: _, ...rest} = found;
  const node = lazily(() => [...moves, rowOf].reduce((nodeOf, to) => nodeOf.map((at) => (at < 0 ? -1 : to[at])), made.nodeOf()));
  return {tree, things: {...rest, source: source.id, stackSources: stackSources.map(({id}) => id), get node() { return node(); }}, sums};
}

/** What most questions do not look at is made when one does. */
function lazily<T>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}
