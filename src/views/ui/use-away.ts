/** A press outside of what is open closes it. */
import {useEffect, type RefObject} from 'react';

/** Calls `onAway` when the pointer goes down outside of `inside`, while `isOpen`. */
export function useAway(isOpen: boolean, inside: RefObject<HTMLElement | null>, onAway: () => void): void {
  useEffect(() => {
    if (!isOpen) return;
    const away = (event: PointerEvent) => {
      if (!(event.target instanceof Node && inside.current?.contains(event.target))) onAway();
    };
    window.addEventListener('pointerdown', away, {capture: true});
    return () => window.removeEventListener('pointerdown', away, {capture: true});
  }, [isOpen, inside, onAway]);
}
