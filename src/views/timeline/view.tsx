/** The time line: the whole axis in a strip, and lanes of goroutines and threads under it. */
import {useState} from 'react';
import type {AxisGroup} from '../../derive/axis/shape.ts';
import {zoomed} from '../../draw/timeline/scale.ts';
import type {Copy} from '../../state/copy/copy.ts';
import {keptRange, useScope, useShownWindow, type Scope} from '../../state/use-scope.ts';
import {useCopy, useStore} from '../../state/use-store.ts';
import {useTimeText} from '../../state/use-time-text.ts';
import {Button} from '../ui/button.tsx';
import {Choice} from '../ui/choice.tsx';
import {Legend, type LegendEntry} from '../ui/legend.tsx';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {Lanes, type LanesProps} from './lanes.tsx';
import {Overview} from './overview.tsx';
import {RowsToolbar} from './rows-toolbar.tsx';
import {useLanes} from './use-lanes.ts';
import './view.css';

const ZOOM_STEP = 0.5;

export function TimelineView() {
  const copy = useCopy();
  const scope = useScope();
  return (
    <section data-place="timeline" className={`timeline${!scope?.group ? ' timeline-none' : ''}`} aria-label={copy.timeline.title}>
      {scope?.group ? <Timeline scope={scope} group={scope.group} /> : scope ? <Message help={copy.timeline.noTimesHelp}>{copy.timeline.noTimes}</Message> : <NothingRead />}
    </section>
  );
}

function Timeline({scope, group}: {readonly scope: Scope; readonly group: AxisGroup}) {
  const copy = useCopy();
  const members = scope.summary.sources.filter(({id}) => group.members.includes(id));
  const traces = members.filter(({goroutines}) => goroutines > 0);
  const hasSizes = traces.some(({hasStackSizes}) => hasStackSizes);
  const note = traces.length === 0 ? copy.timeline.noGoroutines : hasSizes ? null : copy.timeline.noSizes;
  const [view, setView] = useState<LanesProps['view']>({widthPx: 0, heightPx: 0, scrollPx: 0});
  const asked = useLanes(scope, group, view.widthPx, view.heightPx, view.scrollPx);
  return (
    <>
      <Overview scope={scope} group={group} />
      <div className="timeline-toolbar">
        <h2>{copy.timeline.lanes}</h2>
        <RowsToolbar answer={asked.answer} hasSizes={hasSizes} />
        {note === null ? null : <span className="timeline-note">{note}</span>}
        <WindowToolbar scope={scope} group={group} />
      </div>
      <Lanes scope={scope} group={group} asked={asked} view={view} onView={setView} />
    </>
  );
}

/** Which axis, what is chosen of it, how close one looks, and what the signs mean. */
function WindowToolbar({scope, group}: {readonly scope: Scope; readonly group: AxisGroup}) {
  const copy = useCopy();
  const time = useTimeText();
  const chooseGroup = useStore((state) => state.chooseGroup);
  const showWindow = useStore((state) => state.showWindow);
  const brush = useStore((state) => state.brush);
  const {startFunction} = useStore((state) => state.filter);
  const chooseFilter = useStore((state) => state.chooseFilter);
  const {summary, range} = scope;
  const window = useShownWindow(group);
  const nameOf = (id: number) => summary.sources.find((source) => source.id === id)?.name ?? '';
  const zoom = (factor: number) => showWindow(keptRange(zoomed(window, factor, (window.fromNs + window.toNs) / 2, group.endNs), group));
  return (
    <>
      {summary.groups.length > 1 ? (
        <Choice
          label={copy.timeline.axis} value={String(group.reference)} onChoose={(value) => chooseGroup(Number(value))}
          options={summary.groups.map(({reference, members}) => ({value: String(reference), text: members.map(nameOf).join(' + ')}))}
        />
      ) : null}
      {startFunction === null ? null : (
        <span className="timeline-filter">
          {copy.timeline.startedAs(startFunction)}
          <Button look="quiet" onClick={() => chooseFilter({startFunction: null})}>{copy.timeline.allGoroutines}</Button>
        </span>
      )}
      <span className="timeline-zoom">
        {range ? (
          <>
            <span className="timeline-range">{time.moment(range.fromNs)} – {time.moment(range.toNs)}</span>
            <Button look="quiet" onClick={() => showWindow(keptRange(range, group))}>{copy.timeline.zoomSelection}</Button>
            <Button look="quiet" onClick={() => brush(null)}>{copy.timeline.clear}</Button>
          </>
        ) : null}
        <Button look="quiet" label={copy.timeline.zoomOut} onClick={() => zoom(1 / ZOOM_STEP)}>−</Button>
        <Button look="quiet" label={copy.timeline.zoomIn} onClick={() => zoom(ZOOM_STEP)}>+</Button>
        <Button look="quiet" onClick={() => showWindow(null)}>{copy.timeline.zoomAll}</Button>
        <details className="timeline-legend">
          <summary className="button button-quiet">{copy.timeline.legendButton}</summary>
          <Legend label={copy.timeline.legend} entries={legend(copy)} />
        </details>
      </span>
    </>
  );
}

function legend({timeline}: Copy): LegendEntry[] {
  const [, runnable, running, syscall, waiting] = timeline.states;
  return [
    {text: running, token: 'running'},
    {text: runnable, token: 'runnable'},
    {text: syscall, token: 'syscall'},
    {text: waiting, token: 'waiting'},
    {text: timeline.growthMark, token: 'growth-text', sign: '▲'},
    {text: timeline.shrinkMark, token: 'accent', sign: '▼'},
    {text: timeline.matchMark, token: 'accent', sign: '▂'},
    {text: timeline.usedMark, token: 'ink2', sign: '─'},
    {text: timeline.sampleMark, token: 'ink3', sign: '|'},
    {text: timeline.growthSampleMark, token: 'growth', sign: '┴'},
    {text: timeline.preemptionMark, token: 'ink2', sign: '┬'},
    {text: timeline.overflowMark, token: 'growth-text', sign: '✕'},
    {text: timeline.gc, token: 'gc'},
    {text: timeline.logMark, token: 'accent', sign: '◆'},
  ];
}
