/** The clock of a recording's times, and the moment at which perf read it together with the time of day. */
import type {TraceBuilder} from '../../model/builder.ts';
import type {EventAttributes} from './attributes.ts';
import type {Facts} from './features.ts';

/** Linux clock ids (include/uapi/linux/time.h) by the names perf prints. */
const CLOCK_NAMES: Readonly<Record<number, string>> = {0: 'realtime', 1: 'monotonic', 4: 'monotonic_raw', 7: 'boottime', 11: 'tai'};

function clockName(id: number): string {
  return CLOCK_NAMES[id] ?? `clock ${id}`;
}

/** Says which clock the times are of: all events must have been asked to use the same one. */
export function stateClock(events: readonly EventAttributes[], hasTimes: boolean, build: TraceBuilder): void {
  const ids = [...new Set(events.map(({clockId}) => clockId))];
  if (!hasTimes) build.clock = {known: 'none', name: null};
  else if (ids.length === 1 && ids[0] >= 0) build.clock = {known: 'stated', name: clockName(ids[0])};
  else if (ids.length === 1) build.clock = {known: 'default', name: 'perf'};
  else {
    build.clock = {known: 'not-stated', name: null};
    build.faults.report('odd', 'perf-data/clocks', () => ({
      message: `The events were recorded on several clocks (${ids.map((id) => (id < 0 ? 'perf' : clockName(id))).join(', ')}), so none is taken for known.`,
    }));
  }
}

/** Adds the moment that CLOCK_DATA tells; once, when the origin of the times is known. */
export function addReading({clockData}: Facts, build: TraceBuilder): void {
  if (!clockData || build.clock.known !== 'stated' || build.clock.name !== clockName(clockData.clockId)) return;
  build.headers['clockid'] = `${clockName(clockData.clockId)} (${clockData.clockId})`;
  build.clockReadings.push({
    timeNs: Number(clockData.clockNs - build.originNs),
    monotonicNs: build.clock.name === 'monotonic' ? clockData.clockNs : null,
    wallNs: clockData.wallNs,
  });
}
