/** A function of a call tree -> its places in the code with their weights, read from the stacks that the tree is made of. */
import {packageOf, shortName} from '../../base/short-name.ts';
import {text} from '../../model/trace.ts';
import {namesOf, outermostRows, type WeighedTree} from '../call-tree/shape.ts';
import {defineDerivation, type Session, type SessionSource} from '../derivation.ts';
import type {CodePlace, FrameDetailsAnswer, FrameDetailsQuestion} from './shape.ts';

const MOST_PLACES = 500;

export const frameDetails = defineDerivation({
  id: 'frameDetails',
  answer(session, {query, of}: FrameDetailsQuestion): FrameDetailsAnswer | null {
    const made = session.callTree(query);
    if (!made) return null;
    const {tree} = made;
    const wanted = namesOf(tree, of);
    const calls = outermostRows(tree, wanted);
    if (calls.length === 0) return null;
    const name = wanted.indexOf(1);
    const places = placesOf(session, made, tree.names[name], tree.kindOfName[name]);
    places.sort((a, b) => b.total - a.total || b.self - a.self || a.line - b.line);
    let self = 0;
    for (let row = 1; row < tree.length; row++) if (tree.name[row] >= 0 && wanted[tree.name[row]] === 1) self += tree.self[row];
    return {
      query, self, name: tree.names[name], shortName: shortName(tree.names[name]), package: packageOf(tree.names[name]), kind: tree.kindOfName[name],
      dsos: [...new Set(places.map(({dso}) => dso).filter((dso) => dso !== null))],
      ...times(made, calls),
      total: calls.reduce((sum, row) => sum + tree.total[row], 0),
      count: calls.reduce((sum, row) => sum + tree.count[row], 0),
      places: places.slice(0, MOST_PLACES), morePlaces: Math.max(0, places.length - MOST_PLACES),
    };
  },
});

/** When stacks below some rows of the tree were there. */
function times({tree, things}: WeighedTree, rows: Int32Array): {firstNs: number; lastNs: number} {
  const isBelow = new Uint8Array(tree.length);
  for (const row of rows) isBelow.fill(1, row, tree.end[row]);
  let [firstNs, lastNs] = [Number.NaN, Number.NaN];
  for (let i = 0; i < things.length; i++) {
    if (things.node[i] < 0 || isBelow[things.node[i]] === 0) continue;
    const endNs = things.timeNs[i] + (things.durationNs && things.durationNs[i] > 0 ? things.durationNs[i] : 0);
    if (!(firstNs <= things.timeNs[i])) firstNs = things.timeNs[i];
    if (!(lastNs >= endNs)) lastNs = endNs;
  }
  return {firstNs, lastNs};
}

type Sums = {-readonly [K in keyof CodePlace]: CodePlace[K]};

/** Places of a function in the stacks of every source that the tree has. Cost: linear in things, and in the stacks of these sources. */
function placesOf(session: Session, {things}: WeighedTree, name: string, kind: number): Sums[] {
  const places = new Map<string, Sums>();
  things.stackSources.forEach((id, part) => {
    const source = session.source(id);
    if (!source) return;
    const weights = new Float64Array(source.trace.stacks.length);
    for (let i = 0; i < things.length; i++) {
      if (things.node[i] >= 0 && things.stack[i] >= 0 && (things.stackSource ? things.stackSource[i] : 0) === part) weights[things.stack[i]] += things.weight[i];
    }
    addPlaces(session, source, weights, name, kind, places);
  });
  return [...places.values()];
}

function addPlaces(session: Session, source: SessionSource, weights: Float64Array, name: string, kind: number, places: Map<string, Sums>): void {
  const {trace} = source;
  const {frames, stacks, unresolved} = trace;
  const labels = session.labels(source);
  const label = labels.names.findIndex((own, row) => own === name && labels.kind[row] === kind);
  if (label < 0) return;
  const addressOf = new Map(Array.from(unresolved.frame, (frame, i) => [frame, unresolved.address[i]]));
  const totals = weights.slice();
  for (let i = stacks.length - 1; i >= 0; i--) if (stacks.parent[i] >= 0) totals[stacks.parent[i]] += totals[i];
  for (let i = 0; i < stacks.length; i++) {
    const frame = stacks.frame[i];
    if (totals[i] === 0 || labels.ofFrame[frame] !== label) continue;
    const address = addressOf.get(frame) ?? null;
    const keyOf = (of: number) => `${frames.dso[of]} ${frames.file[of]} ${frames.line[of]} ${addressOf.get(of) ?? ''}`;
    const key = `${source.id} ${keyOf(frame)}`;
    let place = places.get(key);
    if (!place) places.set(key, (place = {dso: text(trace, frames.dso[frame]), file: text(trace, frames.file[frame]), line: frames.line[frame], address, self: 0, total: 0}));
    place.self += weights[i];
    // A stack that passes the place again, further to the leaf, is counted where it passes it first.
    let above = stacks.parent[i];
    while (above >= 0 && (labels.ofFrame[stacks.frame[above]] !== label || keyOf(stacks.frame[above]) !== keyOf(frame))) above = stacks.parent[above];
    if (above < 0) place.total += totals[i];
  }
}
