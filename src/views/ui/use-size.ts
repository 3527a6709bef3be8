/** Size of an element, kept up to date. */
import {useLayoutEffect, useState, type RefObject} from 'react';

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

const NOT_LAID_OUT: Size = {widthPx: 0, heightPx: 0};

/**
 * Inner size in whole CSS pixels; `expected`, or zero, before the first frame that the element is laid out in. Asked nowhere else than where the
 * browser has laid out the page anyway: to ask when it is put there would lay out the page once for each pane (bench: longest task).
 */
export function useSize(element: RefObject<HTMLElement | null>, expected: Size = NOT_LAID_OUT): Size {
  const [size, setSize] = useState<Size>(expected);
  useLayoutEffect(() => {
    const {current} = element;
    if (!current) return undefined;
    const measure = () =>
      setSize((before) => {
        const {clientWidth: widthPx, clientHeight: heightPx} = current;
        return before.widthPx === widthPx && before.heightPx === heightPx ? before : {widthPx, heightPx};
      });
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
