/**
 * Keeps the address at what is shown, and what is shown at the address: Back and Forward go through brushes, zooms and choices. What a
 * fragment asks of files that are not open waits for them.
 *
 *   #open=<path>&open=<path>&v1&f=<files>&r=<range>&…      the paths are those of open files of the page's own origin
 */
import type {Files} from '../state/address/codec.ts';
import type {Field} from '../state/address/fields.ts';
import type {ViewFile} from '../state/address/file.ts';
import {fields, filesOf, readView, stateOfView, writtenView, type ReadView} from '../state/address.ts';
import type {State, Store} from '../state/store.ts';
import {filesInAddress} from './open-from-address.ts';

/** Changes that come sooner after one another are one gesture. */
const GESTURE_MS = 600;
/** The address follows what does not rest after so long. Browsers refuse an address that changes too often. */
const REST_MS = 250;

/** What this needs of the window. */
export interface Browser {
  readonly location: Pick<Location, 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'pushState' | 'replaceState'>;
  /** Addresses of files are relative to it. */
  readonly baseUrl: string;
  addEventListener(type: 'popstate', listener: () => void): void;
  /** Runs it when all is done that one press did. */
  afterPress(run: () => void): void;
}

/** What one press of a hand does is one step, however much of the view it changes. */
interface Press {
  readonly before: State;
  hasPushed: boolean;
}

/** Opens what the address asks for, and follows from then on. */
export function followAddress({state}: Pick<Store, 'state'>, browser: Browser): void {
  const initial = state.getInitialState();
  let wanted: {readonly view: ReadView; awaited: readonly Field[]} | null = null;
  let isApplying = false;
  let shown = '';
  let held: ReadonlyMap<string, string> = new Map();
  let glidedAtMs = -Infinity;
  /** Runs while the address is behind by what will rest. */
  let timer: ReturnType<typeof setTimeout> | null = null;
  let knownSet = '';
  let press: Press | null = null;
  let isTelling = false;

  const apply = (change: Partial<State>) => {
    isApplying = true;
    state.setState(change);
    isApplying = false;
  };
  const tell = (files: readonly ViewFile[]) => {
    isTelling = true;
    state.getState().awaitFiles(files);
    isTelling = false;
  };
  const stopTimer = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const awaitedFiles = ({files}: ReadView, places: Files): ViewFile[] => files.filter((_, place) => places.sourceAt(place) === null);

  const goTo = (hash: string) => {
    stopTimer();
    // What is done after Back is no part of the gesture before it.
    glidedAtMs = -Infinity;
    const {sources, openFiles} = state.getState();
    const missing = filesInAddress({hash}, browser.baseUrl).filter((file) => !sources.some(({url}) => 'url' in file && url === file.url));
    const view = readView(hash);
    const places = filesOf(view?.files ?? [], sources);
    const {state: change, awaited} = stateOfView(view ?? {files: [], texts: new Map()}, initial, places);
    apply(change);
    wanted = view && awaitedFiles(view, places).length > 0 ? {view, awaited} : null;
    if (missing.length > 0) openFiles(missing);
    tell(wanted && missing.length === 0 ? awaitedFiles(wanted.view, places) : []);
    settled();
  };

  /** Gives the view what it waits for, as far as that is open now. */
  const openedMore = () => {
    if (!wanted) return;
    const places = filesOf(wanted.view.files, state.getState().sources);
    const {state: change, awaited} = stateOfView(wanted.view, initial, places);
    const arrived = wanted.awaited.filter((field) => !awaited.includes(field));
    apply(Object.fromEntries(arrived.map(({name}) => [name, change[name]])));
    const files = awaitedFiles(wanted.view, places);
    wanted = files.length > 0 ? {...wanted, awaited: wanted.awaited.filter((field) => awaited.includes(field))} : null;
    // A file that comes may be one of them: that is known in a moment.
    tell(isWritable(state.getState()) || state.getState().sources.length === 0 ? files : []);
  };

  const prefix = () => state.getState().sources.flatMap(({url}) => (url === null ? [] : [`open=${encodeURIComponent(relative(url, browser.baseUrl))}`])).join('&');
  const written = (of = state.getState()) => writtenView(of, initial, prefix());
  const put = (how: 'pushState' | 'replaceState', view: ReturnType<typeof writtenView>) => {
    stopTimer();
    const text = [prefix(), view.text].filter((part) => part !== '').join('&');
    ({held} = view);
    if (text === shown) return;
    shown = text;
    browser.history[how](null, '', text === '' ? `${browser.location.pathname}${browser.location.search}` : `#${text}`);
    state.getState().setAddressShortened(view.isShortened);
  };
  /** What is shown and the address agree from now on. */
  const settled = () => {
    shown = browser.location.hash.slice(1);
    if (isWritable(state.getState())) put('replaceState', written());
  };
  const pressFrom = (before: State): Press => {
    const made = {before, hasPushed: false};
    press = made;
    browser.afterPress(() => {
      press = null;
    });
    return made;
  };
  const later = () => {
    stopTimer();
    timer = setTimeout(() => put('replaceState', written()), REST_MS);
  };

  state.subscribe((now, before) => {
    if (isApplying) return;
    const isDismissed = now.awaitedFiles !== before.awaitedFiles && !isTelling;
    if (isDismissed) {
      wanted = null;
      if (now.sources.length === 0) apply(Object.assign({}, ...fields.map((field) => field.reset(initial))) as Partial<State>);
    }
    if (now.sources !== before.sources) openedMore();
    const changed = fields.filter(({name}) => now[name] !== before[name]);
    const isNewSet = (now.sources !== before.sources || changed.length > 0) && key(now) !== knownSet;
    if ((!isNewSet && !isDismissed && changed.length === 0) || !isWritable(now)) return;
    // Files come and go without Back: a closed one can't be had back by the browser.
    if (isNewSet || isDismissed) {
      knownSet = key(now);
      put('replaceState', written());
      return;
    }
    const own = press ?? pressFrom(before);
    const isStep = changed.some(({manner}) => manner === 'step');
    const isGlide = changed.some(({manner}) => manner === 'glide');
    if (!isStep && !isGlide) {
      later();
      return;
    }
    const nowMs = performance.now();
    const goesOn = !isStep && nowMs - glidedAtMs < GESTURE_MS;
    glidedAtMs = isStep ? -Infinity : nowMs;
    if (goesOn) {
      later();
      return;
    }
    const view = written();
    // Another object may say the same.
    if (sameTexts(view.held, held)) return;
    if (own.hasPushed) {
      put('replaceState', view);
      return;
    }
    // What was about to rest before the press belongs to the step before.
    if (timer !== null) put('replaceState', written(own.before));
    own.hasPushed = true;
    put('pushState', view);
  });
  browser.addEventListener('popstate', () => goTo(browser.location.hash));
  goTo(browser.location.hash);
}

/** Before files are known by what they look like, the address would name none of them. */
function isWritable({sources, awaitedFiles}: State): boolean {
  if (sources.length === 0) return awaitedFiles.length === 0;
  return sources.every(({phase, mark}) => mark !== null || phase === 'failed' || phase === 'unreadable');
}

/** What of the open files the address depends on. */
function key({sources}: State): string {
  return sources.map(({id, phase, mark}) => `${id} ${mark} ${phase === 'failed' || phase === 'unreadable'}`).join();
}

function sameTexts(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, text]) => b.get(name) === text);
}

/** The address of a file as the page would write it. */
function relative(url: string, baseUrl: string): string {
  const folder = new URL('.', baseUrl).href;
  return url.startsWith(folder) ? url.slice(folder.length) : new URL(url).pathname;
}
