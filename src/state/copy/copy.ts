/** Every text of the page, by language. */
import {en, type Copy} from './en.ts';
import {zh} from './zh.ts';

export type {Copy};

/** BCP 47 tags. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const catalogues: Readonly<Record<Language, Copy>> = {en, 'zh-CN': zh};

export function copyOf(language: Language): Copy {
  return catalogues[language];
}

/** The first language of the list that there is a catalogue for, else English. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = languages.find((language) => language.split('-')[0] === tag.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'en';
}
