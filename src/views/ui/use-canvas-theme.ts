/** The colours of the page for canvases; new ones when the theme changes. */
import {useMemo, useSyncExternalStore} from 'react';
import {canvasTheme, FORCED_COLORS, type CanvasTheme} from '../../draw/color/theme.ts';

/** `data-theme` of the root element, which app/theme.ts sets. */
export function useCanvasTheme(): CanvasTheme {
  const name = useSyncExternalStore(subscribe, () => `${document.documentElement.dataset['theme']} ${areForced().matches}`);
  return useMemo(() => {
    // The name decides what the tokens are.
    void name;
    return canvasTheme(document.documentElement);
  }, [name]);
}

let forced: MediaQueryList | null = null;

/** Asked for at every drawing of every canvas: a query is made once. */
function areForced(): MediaQueryList {
  forced ??= matchMedia(FORCED_COLORS);
  return forced;
}

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, {attributes: true, attributeFilter: ['data-theme']});
  areForced().addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    areForced().removeEventListener('change', onChange);
  };
}
