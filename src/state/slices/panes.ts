/** The panes of an open session: how large each is, which are closed, and which has the page for itself. */
import type {StateCreator} from 'zustand/vanilla';

export const panes = ['timeline', 'flame', 'details'] as const;
export type Pane = (typeof panes)[number];

/** The panes that have a border which can be moved; what they leave is the rest's. */
export type SizedPane = 'timeline' | 'flame';

/** What of the panes is kept in the browser. */
export interface KeptPanes {
  /** Share of the height, and of the width. */
  readonly sizes: Readonly<Record<SizedPane, number>>;
  readonly closed: readonly Pane[];
}

export interface PanesSlice {
  readonly panes: KeptPanes;
  /** null: all that are open share the page. */
  readonly fullPane: Pane | null;
  /** Where the page is too narrow for more than one: the one shown. */
  readonly narrowPane: Pane;
  /** null: as it was at first. */
  resizePane(pane: SizedPane, share: number | null): void;
  closePane(pane: Pane): void;
  openPane(pane: Pane): void;
  /** Gives the page to one pane, or back to all. */
  fillWithPane(pane: Pane | null): void;
  showNarrowPane(pane: Pane): void;
}

export const firstPanes: KeptPanes = {sizes: {timeline: 0.48, flame: 0.54}, closed: []};
export const LEAST_SHARE = 0.15;
export const MOST_SHARE = 0.85;

export const panesSlice = (kept: KeptPanes = firstPanes): StateCreator<PanesSlice, [], [], PanesSlice> => (set) => ({
  panes: kept,
  fullPane: null,
  narrowPane: 'timeline',
  resizePane: (pane, share) => set(({panes: {sizes, closed}}) => ({panes: {closed, sizes: {...sizes, [pane]: within(share ?? firstPanes.sizes[pane])}}})),
  // One is always open.
  closePane: (pane) => set(({panes: {sizes, closed}, fullPane}) => (closed.includes(pane) || closed.length === panes.length - 1 ? {} : {panes: {sizes, closed: [...closed, pane]}, fullPane: fullPane === pane ? null : fullPane})),
  openPane: (pane) => set(({panes: {sizes, closed}, fullPane}) => ({panes: {sizes, closed: closed.filter((other) => other !== pane)}, fullPane: fullPane === pane ? fullPane : null, narrowPane: pane})),
  fillWithPane: (fullPane) => set(({panes: {sizes, closed}}) => ({fullPane, ...(fullPane === null ? {} : {panes: {sizes, closed: closed.filter((other) => other !== fullPane)}})})),
  showNarrowPane: (narrowPane) => set({narrowPane}),
});

/** Panes from what was kept; what is not understood is as at first. */
export function readPanes(kept: unknown): KeptPanes {
  const {sizes, closed} = (kept ?? {}) as {readonly sizes?: unknown; readonly closed?: unknown};
  const share = (pane: SizedPane) => {
    const value = (sizes as Partial<Record<SizedPane, unknown>> | null | undefined)?.[pane];
    return typeof value === 'number' && Number.isFinite(value) ? within(value) : firstPanes.sizes[pane];
  };
  const isClosed = panes.filter((pane) => Array.isArray(closed) && closed.includes(pane));
  return {sizes: {timeline: share('timeline'), flame: share('flame')}, closed: isClosed.length < panes.length ? isClosed : []};
}

function within(share: number): number {
  return Math.max(LEAST_SHARE, Math.min(MOST_SHARE, share));
}
