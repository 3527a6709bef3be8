/** How the user likes the page: its colours and its language. */
import type {StateCreator} from 'zustand/vanilla';
import type {Language} from '../copy/copy.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface PrefsSlice {
  readonly theme: Theme;
  readonly language: Language;
  chooseTheme(theme: Theme): void;
  chooseLanguage(language: Language): void;
}

export const prefsSlice = (initial: Pick<PrefsSlice, 'theme' | 'language'>): StateCreator<PrefsSlice, [], [], PrefsSlice> => (set) => ({
  theme: initial.theme,
  language: initial.language,
  chooseTheme: (theme) => set({theme}),
  chooseLanguage: (language) => set({language}),
});
