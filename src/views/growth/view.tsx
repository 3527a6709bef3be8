/** Who grew stacks: by start function, by the function whose call grew, or by goroutine. Its totals are the sums of the events in view. */
import type {ReactNode} from 'react';
import {growthGroupings, type GrowthTableAnswer} from '../../derive/growth-table/shape.ts';
import {useScope} from '../../state/use-scope.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Choice} from '../ui/choice.tsx';
import {Message} from '../ui/message.tsx';
import {NothingRead} from '../ui/nothing-read.tsx';
import {Segmented} from '../ui/segmented.tsx';
import {SaveCsv} from './save-csv.tsx';
import {GrowthTable} from './table.tsx';
import {useGrowthRows} from './use-growth-rows.ts';
import '../ui/table.css';
import './view.css';

export function GrowthView() {
  const copy = useCopy();
  const scope = useScope();
  const rows = useGrowthRows(scope);
  if (!scope) return <NothingRead><Message>{copy.growth.start}</Message></NothingRead>;
  if (!scope.group) return <Message help={copy.timeline.noTimesHelp}>{copy.growth.noSizes}</Message>;
  const {answer} = rows;
  if (!answer) return null;
  return (
    <div className={`growth table-pane${rows.isStale ? ' stale' : ''}`}>
      <GrowthToolbar answer={answer}>{rows.question ? <SaveCsv question={rows.question} /> : null}</GrowthToolbar>
      <GrowthTable answer={answer} rows={rows} />
      <GrowthNotes answer={answer} hasRange={scope.range !== null} />
    </div>
  );
}

function GrowthToolbar({answer, children}: {readonly answer: GrowthTableAnswer; readonly children: ReactNode}) {
  const copy = useCopy();
  const figures = useFigures();
  const by = useStore((state) => state.growthBy);
  const search = useStore((state) => state.growthSearch);
  const groupGrowthBy = useStore((state) => state.groupGrowthBy);
  const searchGrowth = useStore((state) => state.searchGrowth);
  const countFrom = useStore((state) => state.countFrom);
  const summary = useScope()?.summary;
  const {countable} = answer;
  return (
    <div className="growth-toolbar table-toolbar">
      <Segmented label={copy.growth.groupBy} value={by} options={growthGroupings.map((value) => ({value, text: copy.growth.groupings[value]}))} onChoose={groupGrowthBy} />
      <input className="field" type="text" value={search} placeholder={copy.growth.search} aria-label={copy.growth.search} onChange={({target}) => searchGrowth(target.value)} />
      {search === '' || answer.by !== by ? null : <span className="table-found" role="status">{copy.growth.found(figures.count(answer.rowCount), figures.count(answer.allRows))}</span>}
      {countable.length < 2 ? null : (
        <Choice
          label={copy.growth.countFrom} value={`${answer.source}`} onChoose={(value) => countFrom(Number(value))}
          options={countable.map(({source, by: how}) => ({value: `${source}`, text: copy.growth.countable[how](summary?.sources.find(({id}) => id === source)?.name ?? '')}))}
        />
      )}
      <span className="growth-save">{children}</span>
    </div>
  );
}

function GrowthNotes({answer, hasRange}: {readonly answer: GrowthTableAnswer; readonly hasRange: boolean}) {
  const copy = useCopy();
  const figures = useFigures();
  const summary = useScope()?.summary;
  const {stacks, countedBy, source, untoldProbes, by, isTold, total, areSamplesOnAxis, samples} = answer;
  const name = summary?.sources.find(({id}) => id === source)?.name;
  return (
    <div className="growth-notes">
      {untoldProbes > 0 ? <p>{copy.growth.untoldProbes(figures.count(untoldProbes))}</p> : null}
      {countedBy !== null && name !== undefined ? <p>{copy.growth[countedBy === 'trace' ? 'countedFrom' : 'countedFromProbes'](name)}</p> : <p>{source >= 0 ? copy.timeline.noSizes : Number.isNaN(total.growthWeight) ? copy.growth.nothingTells : copy.growth.noSizes}</p>}
      {countedBy !== null && !isTold && name !== undefined ? <p>{copy.growth.untold(name)}</p> : null}
      {hasRange && samples > 0 && !areSamplesOnAxis ? <p>{copy.flame.offAxis}</p> : null}
      {by === 'cause' ? <p>{copy.growth.causeNote}</p> : null}
      {stacks.sample + stacks.event + stacks.none > 0 ? <p>{copy.growth.stacks(figures.count(stacks.sample), figures.count(stacks.event), figures.count(stacks.none))}</p> : null}
    </div>
  );
}
