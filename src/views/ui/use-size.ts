/** Size of an element, kept up to date. */
import {useLayoutEffect, useState, type RefObject} from 'react';

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Inner size in whole CSS pixels; zero before the element is on the page. */
export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({widthPx: 0, heightPx: 0});
  useLayoutEffect(() => {
    const {current} = element;
    if (!current) return undefined;
    const measure = () =>
      setSize((before) => {
        const {clientWidth: widthPx, clientHeight: heightPx} = current;
        return before.widthPx === widthPx && before.heightPx === heightPx ? before : {widthPx, heightPx};
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
