/** Lets the page work without a network from the second visit on, where that is of use. */

/** What `morestack open` serves says so: its address is of this one run, and another program may have the port tomorrow. */
const SERVED_HERE = 'meta[name="morestack-open"]';

/** A browser that keeps nothing for this page leaves it as it is: online. */
export function keepOffline(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator) || document.querySelector(SERVED_HERE)) return;
  // After all else: what the page needs now comes first.
  window.addEventListener('load', () => void navigator.serviceWorker.register('./service-worker.js').catch(() => undefined));
}
