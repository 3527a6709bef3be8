/** A sentence of the catalogue with parts of the page in it: `{growths} in {goroutines}`. */
import {Fragment, type ReactNode} from 'react';

/** A name in braces that has no part stays as it is. */
export function Phrase({text, parts}: {readonly text: string; readonly parts: Readonly<Record<string, ReactNode>>}) {
  return text.split(/(\{\w+\})/).map((piece, i) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1];
    // The pieces of a sentence have no identity but their place.
    return <Fragment key={i}>{name !== undefined && name in parts ? parts[name] : piece}</Fragment>;
  });
}
