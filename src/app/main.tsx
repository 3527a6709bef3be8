/** Starts the page: a store with its session worker, the theme, the shell, and the files that the address asks for. */
import {startTransition} from 'react';
import {createRoot} from 'react-dom/client';
import {prepareCanvas} from '../draw/canvas.ts';
import {makeStore} from '../state/store.ts';
import {StoreContext} from '../state/use-store.ts';
import {SessionClient} from '../worker/client.ts';
import {thrown} from '../worker/protocol.ts';
import {followAddress} from './history.ts';
import {showIdle} from './idle.ts';
import {keepOffline} from './offline/keep-offline.ts';
import {Boundary, Shell} from './shell.tsx';
import {browserShelf} from './shelf.ts';
import {followPrefs, keptPrefs} from './theme.ts';
import './theme.css';
import './app.css';

const store = makeStore({
  prefs: keptPrefs(),
  shelf: browserShelf(),
  makeClient: (onNews, onWork) => {
    const worker = new Worker(new URL('../worker/main.ts', import.meta.url), {type: 'module', name: 'session'});
    worker.addEventListener('error', (event) => onNews({kind: 'failed', ask: null, source: null, fault: thrown('internal/session', event.message)}));
    return new SessionClient(worker, onNews, onWork);
  },
});
followPrefs(store);
showIdle(store);
void store.state.getState().recallFiles();

followAddress(store, {location, history, baseUrl: document.baseURI, addEventListener: (type, listener) => window.addEventListener(type, listener), afterPress: (run) => queueMicrotask(run)});

const root = document.getElementById('root');
if (!root) throw new Error('internal: index.html has no #root');
// As a transition: the first picture is made in pieces, between which the browser gets its turn.
startTransition(() =>
  createRoot(root).render(
    <StoreContext value={store}>
      <Boundary>
        <Shell />
      </Boundary>
    </StoreContext>,
  ),
);
keepOffline();
// Once the start page and what came with it stand, and before a file can be given.
window.addEventListener('load', prepareCanvas);
