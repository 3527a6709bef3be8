/**
 * What can be done by a key, and so also from the palette and in the sheet of keys. A view offers its commands while it is mounted:
 *
 *   useCommands('timeline', [{id: 'timeline.fit', title: copy.timeline.fit, keys: ['f'], run: fit}]);
 *
 * Keys of `page` act anywhere but in fields; keys of another place while the focus is inside the element with `data-place` of that name.
 */
import {createContext, useContext, useEffect, useState, useSyncExternalStore} from 'react';

/** Where keys act. */
export type Place = 'page' | 'timeline' | 'flame' | 'table';

export interface Command {
  /** Unique on the page: `timeline.zoom-in`. */
  readonly id: string;
  readonly title: string;
  /** As `keyOf` writes them: `a`, `ArrowUp`, `Shift+ArrowUp`, `Ctrl+k` (⌘ counts as Ctrl), `?`. The first is shown; none: palette only. */
  readonly keys: readonly string[];
  readonly run: () => void;
  /** Of something that is on or off. */
  readonly isOn?: boolean;
}

/** A command and where it acts. */
export interface OfferedCommand extends Command {
  readonly place: Place;
}

/** The commands on offer now. One a page. */
export class Commands {
  readonly #byOwner = new Map<object, readonly OfferedCommand[]>();
  readonly #listeners = new Set<() => void>();
  #all: readonly OfferedCommand[] = [];

  get all(): readonly OfferedCommand[] {
    return this.#all;
  }

  /** An owner offers these instead of what it offered before; none: it is gone. Listeners hear of it when there is something to see of it. */
  offer(owner: object, commands: readonly OfferedCommand[]): void {
    const before = this.#byOwner.get(owner) ?? [];
    if (commands.length === 0) this.#byOwner.delete(owner);
    else this.#byOwner.set(owner, commands);
    this.#all = [...this.#byOwner.values()].flat();
    if (!lookAlike(before, commands)) for (const heard of this.#listeners) heard();
  }

  readonly subscribe = (heard: () => void): (() => void) => {
    this.#listeners.add(heard);
    return () => this.#listeners.delete(heard);
  };

  /** Runs the command of a key pressed at `target`; whether there was one. Keys of the place that has the focus come before those of the page. */
  press(event: Pressed, target: EventTarget | null): boolean {
    const key = keyOf(event);
    const element = target instanceof Element ? target : null;
    const place = element?.closest<HTMLElement>('[data-place]')?.dataset['place'];
    const isTyping = element !== null && element.closest('input, textarea, select, [contenteditable]') !== null && !event.ctrlKey && !event.metaKey;
    if (isTyping) return false;
    const of = (where: string | undefined) => this.#all.find((command) => command.place === where && command.keys.includes(key));
    const found = of(place) ?? of('page');
    found?.run();
    return found !== undefined;
  }
}

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** The name of a key press. Shift is named only where the key itself does not show it: `Shift+ArrowUp`, but `?` and `A`. */
export function keyOf({key, ctrlKey, metaKey, altKey, shiftKey}: Pressed): string {
  const isNamed = key.length > 1 || key === ' ';
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shiftKey && isNamed ? 'Shift+' : ''}${key}`;
}

/** Whether the same can be seen of both. Asked at every drawing of every view: nothing is made for it. */
function lookAlike(a: readonly OfferedCommand[], b: readonly OfferedCommand[]): boolean {
  return a.length === b.length && a.every((one, i) => {
    const other = b[i];
    return one.id === other.id && one.title === other.title && one.isOn === other.isOn && one.place === other.place && one.keys.length === other.keys.length && one.keys.every((key, at) => key === other.keys[at]);
  });
}

export const CommandsContext = createContext(new Commands());

/** Offers commands while the component is mounted. What `run` does may change with every render. */
export function useCommands(place: Place, commands: readonly Command[]): void {
  const all = useContext(CommandsContext);
  const [owner] = useState(() => ({}));
  useEffect(() => all.offer(owner, commands.map((command) => ({...command, place}))));
  useEffect(() => () => all.offer(owner, []), [all, owner]);
}

/** Runs a command by its id, wherever it acts; nothing while nobody offers it. */
export function useRun(): (id: string) => void {
  const commands = useContext(CommandsContext);
  return (id) => commands.all.find((command) => command.id === id)?.run();
}

/** All commands on offer, for the palette and the sheet. */
export function useAllCommands(): readonly OfferedCommand[] {
  const commands = useContext(CommandsContext);
  return useSyncExternalStore(commands.subscribe, () => commands.all);
}
