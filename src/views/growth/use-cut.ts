/** Whether a table goes on at the right of what is in sight. Looked at after the page was laid out: asking after each answer would lay it out once more in the same task. */
import {useEffect, useState, type RefObject} from 'react';

export interface Cut {
  readonly isCut: boolean;
  /** Looks again; for when it was scrolled. */
  look(scroller: HTMLElement): void;
}

export function useCut(scroller: RefObject<HTMLElement | null>): Cut {
  const [isCut, setCut] = useState(false);
  useEffect(() => {
    const {current} = scroller;
    if (!current?.firstElementChild) return undefined;
    const observer = new ResizeObserver(() => setCut(isCutAtRight(current)));
    observer.observe(current);
    observer.observe(current.firstElementChild);
    return () => observer.disconnect();
  }, [scroller]);
  return {isCut, look: (element) => setCut(isCutAtRight(element))};
}

function isCutAtRight({scrollWidth, scrollLeft, clientWidth}: HTMLElement): boolean {
  return scrollWidth - scrollLeft - clientWidth > 1;
}
