/** Stacks as lines of text. */
import {KnownBy, type CallTree} from '../call-tree/shape.ts';
import {FrameKind} from '../labels/shape.ts';
import {RESTORED} from './shape.ts';
import type {StackSum} from './stacks.ts';

/** The lines, each with its end, sorted by their bytes. */
export function folded(tree: CallTree, stacks: readonly StackSum[]): Uint8Array<ArrayBuffer> {
  const printed = tree.names.map((name, row) => frameText(name, tree.kindOfName[row], tree.dsoOfName[row]));
  const {name, parent, knownBy} = tree;
  /** By row: its stack; the root has none. */
  const textOf: string[] = [''];
  const stackText = (row: number): string => {
    const missing: number[] = [];
    for (let at = row; textOf[at] === undefined; at = parent[at]) missing.push(at);
    for (let at = missing.pop(); at !== undefined; at = missing.pop()) {
      const above = textOf[parent[at]];
      if (name[at] < 0) textOf[at] = above;
      else textOf[at] = `${above === '' ? '' : `${above};`}${printed[name[at]]}${knownBy[at] === KnownBy.Restored ? RESTORED : ''}`;
    }
    return textOf[row];
  };
  const weights = new Map<string, number>();
  for (const {row, comm, weight} of stacks) {
    const text = [comm?.replaceAll(' ', '_').replaceAll(';', ':'), stackText(row)].filter(Boolean).join(';') || '[unknown]';
    weights.set(text, (weights.get(text) ?? 0) + weight);
  }
  const encoder = new TextEncoder();
  const lines = Array.from(weights, ([text, weight]) => ({stack: encoder.encode(text), line: `${text} ${wholeNumber(weight)}\n`}));
  lines.sort((a, b) => compareBytes(a.stack, b.stack));
  return encoder.encode(lines.map(({line}) => line).join(''));
}

/** A frame without a symbol is called after its object as the object is recorded, brackets and all. */
function frameText(name: string, kind: number, dso: string | null): string {
  const isNameless = (kind === FrameKind.Unknown || kind === FrameKind.Kernel) && name.startsWith('[');
  if (!isNameless) return name.replaceAll(';', ':');
  return dso === null || dso === '[unknown]' ? '[unknown]' : `[${dso.split('/').at(-1)}]`;
}

/** Sums may pass 2^53; they are printed as whole numbers all the same. */
function wholeNumber(weight: number): string {
  return Number.isSafeInteger(weight) ? String(weight) : String(BigInt(Math.round(weight)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}
