/** Paints in a frame that comes, once, however often what is painted changes before it. */
import {useEffect, useState} from 'react';
import {paintQueue} from '../../draw/paint-queue.ts';

/** `paint` must be made by `useCallback`: another function means that something changed. */
export function usePainter(paint: () => void): void {
  const [owner] = useState(() => ({}));
  useEffect(() => paintQueue.paint(owner, paint), [owner, paint]);
  useEffect(() => () => paintQueue.drop(owner), [owner]);
}
