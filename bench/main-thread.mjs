/** What the page's main thread does in each frame, from Chromium's own trace of itself. */

/** Starts the trace; `stop` gives its events. */
export async function startTracing(browser) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({value}) => events.push(...value));
  await session.send('Tracing.start', {transferMode: 'ReportEvents', traceConfig: {includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline']}});
  return {
    stop: async () => {
      const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
      await session.send('Tracing.end');
      await complete;
      await session.detach();
      return events;
    },
  };
}

/** CPU milliseconds of the page's main thread from each frame to the next. */
export function framesOf(events) {
  const renderers = new Map();
  for (const {name, pid, tid} of events) if (name === 'FireAnimationFrame') renderers.set(`${pid}/${tid}`, (renderers.get(`${pid}/${tid}`) ?? 0) + 1);
  const [main] = [...renderers].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const own = events.filter(({pid, tid}) => `${pid}/${tid}` === main);
  const begun = own.filter(({name}) => name === 'FireAnimationFrame').map(({ts}) => ts).toSorted((a, b) => a - b);
  const tasks = own.filter(({name, tdur}) => name === 'RunTask' && tdur !== undefined).toSorted((a, b) => a.ts - b.ts);
  const frames = [];
  let at = 0;
  for (const {ts, dur, tdur} of tasks) {
    while (at < begun.length && begun[at] < ts) at++;
    const isFrame = at < begun.length && begun[at] < ts + dur;
    if (isFrame) frames.push(0);
    if (frames.length > 0) frames[frames.length - 1] += tdur / 1000;
  }
  return frames;
}
