/** What the user likes of the page and how the panes were left, as the text that app/ keeps in the browser. What was kept is not trusted. */
import {languages, type Language} from './copy/copy.ts';
import {readPanes, type KeptPanes} from './slices/panes.ts';
import {themes, type Theme} from './slices/prefs.ts';

export interface Prefs {
  readonly theme: Theme;
  readonly language: Language;
  /** Missing: as at first. */
  readonly panes?: KeptPanes;
}

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
