/** The store: what the user chose, in slices. What follows from two slices stands here. No derived data: answers come by use-answer.ts. */
import {createStore, type StoreApi} from 'zustand/vanilla';
import type {SessionClient, SessionNews, Work} from '../worker/client.ts';
import {noFilter} from '../derive/filter/shape.ts';
import type {Prefs} from './kept-prefs.ts';
import {activitySlice, type ActivitySlice} from './slices/activity.ts';
import {addressSlice, type AddressSlice} from './slices/address.ts';
import {flameSlice, plainFlame, type FlameSlice} from './slices/flame.ts';
import {foldersSlice, type FoldersSlice} from './slices/folders.ts';
import {growthSlice, type GrowthSlice} from './slices/growth.ts';
import {lanesAtFirst, lanesSlice, type LanesSlice} from './slices/lanes.ts';
import {overlaySlice, type OverlaySlice} from './slices/overlay.ts';
import {panesSlice, type PanesSlice} from './slices/panes.ts';
import {functionsSlice, type FunctionsSlice} from './slices/functions.ts';
import {prefsSlice, type PrefsSlice} from './slices/prefs.ts';
import {recentSlice, type RecentSlice, type Shelf} from './slices/recent.ts';
import {searchSlice, type SearchSlice} from './slices/search.ts';
import {selectionSlice, type SelectionSlice} from './slices/selection.ts';
import {sessionSlice, type SessionSlice} from './slices/session.ts';
import {viewportSlice, type ViewportSlice} from './slices/viewport.ts';

export type State = SessionSlice & SelectionSlice & FlameSlice & FunctionsSlice & ViewportSlice & LanesSlice & SearchSlice & PrefsSlice & ActivitySlice & AddressSlice & FoldersSlice & RecentSlice & GrowthSlice & OverlaySlice & PanesSlice;

export interface Store {
  readonly state: StoreApi<State>;
  readonly client: SessionClient;
}

export interface StoreDeps {
  makeClient(onNews: (news: SessionNews) => void, onWork: (work: Work | null) => void): SessionClient;
  readonly prefs: Prefs;
  /** Where recent files are kept; none where the browser can't open one again. */
  readonly shelf?: Shelf | null;
}

/** A store with a session worker of its own. */
export function makeStore({makeClient, prefs, shelf = null}: StoreDeps): Store {
  const client = makeClient(
    (news) => (news.kind === 'looked' ? state.getState().looked(news.id, news.readable) : state.getState().heard(news)),
    (work) => state.getState().setWork(work),
  );
  const state = createStore<State>()((...args) => ({
    ...sessionSlice(client, (file) => {
      if (file.handle && 'blob' in file) void state.getState().rememberFile({name: file.name, sizeBytes: file.blob.size}, file.handle);
    })(...args),
    ...foldersSlice({look: (id, files) => client.look(id, files), open: (files) => state.getState().openFiles(files)})(...args),
    ...recentSlice({shelf, open: (file) => state.getState().openFiles([file]), nowMs: () => Date.now()})(...args),
    ...selectionSlice(...args),
    ...flameSlice(...args),
    ...functionsSlice(...args),
    ...viewportSlice(...args),
    ...lanesSlice(...args),
    ...searchSlice(...args),
    ...prefsSlice(prefs)(...args),
    ...activitySlice(...args),
    ...addressSlice(...args),
    ...growthSlice(...args),
    ...overlaySlice(...args),
    ...panesSlice(prefs.panes)(...args),
  }));
  state.subscribe(({sources, group, window, measured, cursor, event, filter, path}, before) => {
    // A path is of one tree; one that came together with the tree is of that.
    if ((event !== before.event || filter !== before.filter) && path === before.path && path.length > 0) state.setState({path: []});
    // Times of one axis mean nothing on another.
    if (group !== before.group && window !== null && window === before.window) state.setState({window: null});
    if (group !== before.group && (measured !== null || cursor !== null)) state.setState({...(measured === before.measured ? {measured: null} : {}), cursor: null});
    // What was chosen on one set of files means nothing on the next: with the last file goes the selection.
    if (sources.length === 0 && before.sources.length > 0) state.setState({group: null, event: null, range: null, goroutine: null, filter: noFilter, isEveryProcess: false, ...plainFlame, window: null, measured: null, cursor: null, searched: '', counted: null, growthSearch: '', failures: [], ...lanesAtFirst});
  });
  state.subscribe(({alignments, tellAlignments}, before) => {
    if (alignments !== before.alignments) tellAlignments();
  });
  // A file that could not be read says why; so the page shows it.
  state.subscribe(({sources}, before) => {
    const isBad = ({phase}: {readonly phase: string}) => phase === 'unreadable' || phase === 'failed';
    if (sources.filter(isBad).length > before.sources.filter(isBad).length) state.setState({tab: 'faults'});
  });
  return {state, client};
}
