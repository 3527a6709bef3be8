/** How the user likes the page. Kept in the browser by app/. */
import type {StateCreator} from 'zustand/vanilla';
import {languages, type Language} from '../copy/copy.ts';
import {readPanes, type KeptPanes} from './panes.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface Prefs {
  readonly theme: Theme;
  readonly language: Language;
  /** As the panes were left; see panes.ts. */
  readonly panes?: KeptPanes;
}

export interface PrefsSlice extends Pick<Prefs, 'theme' | 'language'> {
  chooseTheme(theme: Theme): void;
  chooseLanguage(language: Language): void;
}

export const prefsSlice = (initial: Prefs): StateCreator<PrefsSlice, [], [], PrefsSlice> => (set) => ({
  theme: initial.theme,
  language: initial.language,
  chooseTheme: (theme) => set({theme}),
  chooseLanguage: (language) => set({language}),
});

/** Prefs from text that was kept; what is missing or unknown is as `fallback` has it. */
export function readPrefs(kept: string | null, fallback: Prefs): Prefs {
  let parsed: unknown = null;
  try {
    parsed = JSON.parse(kept ?? 'null');
  } catch {
    // Not ours, or of another time: as if nothing was kept.
    return fallback;
  }
  const {theme, language, panes} = (parsed ?? {}) as Partial<Record<keyof Prefs, unknown>>;
  return {
    theme: themes.find((known) => known === theme) ?? fallback.theme,
    language: languages.find((known) => known === language) ?? fallback.language,
    ...(panes === undefined ? {} : {panes: readPanes(panes)}),
  };
}
