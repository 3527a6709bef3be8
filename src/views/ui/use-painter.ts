/** Paints in the next frame, once, however often what is painted changes before it. */
import {useEffect} from 'react';

/** `paint` must be made by `useCallback`: another function means that something changed. */
export function usePainter(paint: () => void): void {
  useEffect(() => {
    const frame = requestAnimationFrame(paint);
    return () => cancelAnimationFrame(frame);
  }, [paint]);
}
