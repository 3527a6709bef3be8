/** What the palette offers: commands, and places to go to. */
import {fit} from './match.ts';

/** In the order in which the palette shows them. */
export const sections = ['commands', 'goroutines', 'functions', 'files', 'examples'] as const;
export type Section = (typeof sections)[number];

export interface Entry {
  /** Unique in the palette. */
  readonly id: string;
  readonly section: Section;
  readonly title: string;
  /** Beside the title, in another shade: what tells it from others of its name. */
  readonly detail?: string | undefined;
  /** The title is a name of code. */
  readonly isCode?: boolean;
  readonly keys?: readonly string[];
  readonly isOn?: boolean | undefined;
  readonly run: () => void;
}

/** Entries by section that fit what was typed, those that fit best first. What the worker found fits already, and stays in its order. */
export function fitting(entries: readonly Entry[], typed: string): readonly {readonly section: Section; readonly entries: readonly Entry[]}[] {
  return sections
    .map((section) => {
      const all = entries.filter((entry) => entry.section === section);
      if (section === 'functions' || section === 'goroutines') return {section, entries: all};
      const scored = all.map((entry) => ({entry, score: fit(typed, `${entry.title} ${entry.detail ?? ''}`.trim())})).filter(({score}) => score > 0);
      return {section, entries: scored.toSorted((a, b) => b.score - a.score).map(({entry}) => entry)};
    })
    .filter((group) => group.entries.length > 0);
}
