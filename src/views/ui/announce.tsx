/** One polite region for what happens without being seen to happen: `const announce = useAnnounce(); announce('3 found')`. */
import {createContext, useContext, useMemo, useRef, type ReactNode} from 'react';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Says a text to those who listen to the page, after what is being said. The same text twice is said twice. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

export function Announcer({children}: {readonly children: ReactNode}) {
  const region = useRef<HTMLDivElement>(null);
  const announce = useMemo(() => (text: string) => {
    const {current} = region;
    // A region that keeps its text is not read again: a blank at the end makes it another.
    if (current) current.textContent = current.textContent === text ? `${text}\u00a0` : text;
  }, []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <div ref={region} className="spoken" role="log" aria-live="polite" aria-atomic="true" />
    </AnnounceContext>
  );
}
