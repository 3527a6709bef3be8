/** Keeps the page in the theme and language that the user chose, and keeps these and the sizes of panes in the browser. */
import {languageFor} from '../state/copy/copy.ts';
import {readPrefs, type Prefs} from '../state/kept-prefs.ts';
import type {Theme} from '../state/slices/prefs.ts';
import type {Store} from '../state/store.ts';

const KEY = 'morestack.prefs';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** What was kept, else what the browser asks for. A browser that keeps nothing is one where nothing was kept. */
export function keptPrefs(): Prefs {
  const fallback: Prefs = {theme: 'system', language: languageFor(navigator.languages)};
  try {
    return readPrefs(localStorage.getItem(KEY), fallback);
  } catch {
    return fallback;
  }
}

export function followPrefs({state}: Store): void {
  const apply = () => {
    const {theme, language} = state.getState();
    document.documentElement.dataset['theme'] = resolved(theme);
    document.documentElement.lang = language;
  };
  apply();
  dark.addEventListener('change', apply);
  state.subscribe(({theme, language, panes}, before) => {
    if (theme === before.theme && language === before.language && panes === before.panes) return;
    apply();
    try {
      localStorage.setItem(KEY, JSON.stringify({theme, language, panes} satisfies Prefs));
    } catch {
      // Storage is closed to this page: the choice holds until it is left.
    }
  });
}

function resolved(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return dark.matches ? 'dark' : 'light';
}
