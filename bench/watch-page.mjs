/**
 * Runs in the page before its own scripts, and notes on `window.watched` what it does and when: questions and answers of the worker,
 * frames in which a canvas was painted or the document changed, inputs, long tasks. All times are `performance.now()`.
 */
export function watchPage() {
  const watched = (window.watched = {asked: [], answered: [], frames: [], painted: [], changed: [], inputs: [], longTasks: [], idleMs: null});
  const paintedNow = new Set();
  const changedNow = new Set();
  const placeOf = (element) => (element.closest?.('.flame') ? 'flame' : element.closest?.('.timeline, .lanes, .overview') ? 'timeline' : 'page');

  new PerformanceObserver((list) => {
    for (const {startTime, duration} of list.getEntries()) watched.longTasks.push({startMs: startTime, durationMs: duration});
  }).observe({type: 'longtask', buffered: true});
  for (const type of ['click', 'dblclick', 'keydown', 'input', 'wheel', 'pointerup', 'pointermove', 'change']) {
    window.addEventListener(type, (event) => watched.inputs.push({type, ms: event.timeStamp, handledMs: performance.now()}), {capture: true, passive: true});
  }

  // Which canvas is painted is noted by the cheapest means: painting itself is what is measured.
  const methods = ['fillRect', 'clearRect', 'putImageData', 'drawImage', 'fill', 'stroke', 'fillText', 'drawArrays', 'drawElements', 'clear'];
  for (const {prototype} of [CanvasRenderingContext2D, WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const method of methods) {
      const original = prototype[method];
      if (!original) continue;
      prototype[method] = function (...args) {
        paintedNow.add(this.canvas);
        return original.apply(this, args);
      };
    }
  }
  const observer = new MutationObserver((records) => {
    for (const {target, type} of records) if (target !== document.documentElement || type !== 'attributes') changedNow.add(target);
  });
  const begin = () => observer.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
  begin();

  const OriginalWorker = window.Worker;
  window.Worker = class extends OriginalWorker {
    #derivations = new Map();
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({data}) => {
        if (data?.kind === 'answer') watched.answered.push({derivation: this.#derivations.get(data.id), ms: performance.now()});
      });
    }
    postMessage(message, ...rest) {
      if (message?.kind === 'ask') {
        this.#derivations.set(message.id, message.ask.derivation);
        watched.asked.push({derivation: message.ask.derivation, ms: performance.now()});
      }
      super.postMessage(message, ...rest);
    }
  };

  // A task that a frame posts runs after the frame was laid out and painted.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    // WebGL is drawn by another process: it is painted when that has done so.
    for (const canvas of paintedNow) (canvas.getContext?.('webgl') ?? canvas.getContext?.('webgl2'))?.finish();
    const ms = performance.now();
    for (const canvas of paintedNow) watched.painted.push({place: placeOf(canvas), ms});
    for (const target of changedNow) watched.changed.push({place: placeOf(target.nodeType === 1 ? target : (target.parentElement ?? document.body)), ms});
    paintedNow.clear();
    changedNow.clear();
    if (document.documentElement.dataset.idle === 'true') watched.idleMs ??= ms;
    else watched.idleMs = null;
  };
  const everyFrame = (ms) => {
    watched.frames.push(ms);
    channel.port2.postMessage(null);
    requestAnimationFrame(everyFrame);
  };
  requestAnimationFrame(everyFrame);
}
