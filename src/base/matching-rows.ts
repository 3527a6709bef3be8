/** Search as people type it: a part of a name, letter for letter. */

/** By row of `names` 1 where it holds the text, letter for letter; null without a text: then nothing is searched. */
export function matchingRows(names: readonly string[], wanted: string, ignoreCase: boolean): Uint8Array | null {
  if (wanted === '') return null;
  const fold = (name: string) => (ignoreCase ? name.toLowerCase() : name);
  const folded = fold(wanted);
  return Uint8Array.from(names, (name) => (fold(name).includes(folded) ? 1 : 0));
}
