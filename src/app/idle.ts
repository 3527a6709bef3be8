/**
 * Says on the root element whether the page is at rest: `data-idle="true"` once every file is read, every question answered and every
 * picture painted. Tests wait for it instead of sleeping.
 */
import {paintQueue} from '../draw/paint-queue.ts';
import type {State, Store} from '../state/store.ts';

const INPUTS = ['pointermove', 'pointerdown', 'pointerup', 'wheel', 'keydown', 'input'] as const;

export function showIdle({state}: Store): void {
  const root = document.documentElement;
  let frame = 0;
  const check = () => {
    cancelAnimationFrame(frame);
    if (isBusy(state.getState())) {
      root.dataset['idle'] = 'false';
      return;
    }
    // Two frames: what an answer led to has been asked by then, and what was painted is on the screen.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (paintQueue.isEmpty) root.dataset['idle'] = String(!isBusy(state.getState()));
        else check();
      });
    });
  };
  state.subscribe(check);
  // What a hand does may reach the views a frame later.
  const stir = () => {
    root.dataset['idle'] = 'false';
    check();
  };
  for (const type of INPUTS) document.addEventListener(type, stir, {capture: true, passive: true});
  check();
}

function isBusy({work, painting, revision, shownRevision, awaited, sources, formats, broken, folders}: State): boolean {
  if (broken) return false;
  return work !== null || painting.length > 0 || shownRevision !== revision || awaited.length > 0 || formats.length === 0 || sources.some(({phase, again}) => phase === 'reading' || again !== null) || folders.some(({phase}) => phase === 'looking');
}
