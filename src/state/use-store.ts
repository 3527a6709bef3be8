/** React's door to the store. */
import {createContext, useContext, useSyncExternalStore} from 'react';
import {Figures} from '../base/figures.ts';
import {copyOf, type Copy, type Language} from './copy/copy.ts';
import type {State, Store} from './store.ts';

export const StoreContext = createContext<Store | null>(null);

/** The store that the page was started with. */
export function useStoreItself(): Store {
  const store = useContext(StoreContext);
  if (!store) throw new Error('internal: a view outside of StoreContext');
  return store;
}

/** One primitive, one object or one action of the state. */
export function useStore<T>(select: (state: State) => T): T {
  const {state} = useStoreItself();
  return useSyncExternalStore(state.subscribe, () => select(state.getState()));
}

/** What the page says, in the user's language. */
export function useCopy(): Copy {
  return copyOf(useStore(({language}) => language));
}

const figuresOf = new Map<Language, Figures>();

/** How numbers are written in the user's language. */
export function useFigures(): Figures {
  const language = useStore((state) => state.language);
  let figures = figuresOf.get(language);
  if (!figures) figuresOf.set(language, (figures = new Figures(language)));
  return figures;
}
