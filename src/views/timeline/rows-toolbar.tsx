/** How the rows are chosen, sorted, grouped and narrowed. */
import {memo} from 'react';
import {groupings, rowSizes, rowSorts, type LanesAnswer, type RowSection} from '../../derive/lanes/shape.ts';
import {useCommands} from '../../state/use-commands.ts';
import {useCopy, useFigures, useStore} from '../../state/use-store.ts';
import {Button} from '../ui/button.tsx';
import {MenuButton, type MenuItem} from '../ui/menu.tsx';

/** A memo: the window is none of its matters. */
export const RowsToolbar = memo(function RowsToolbar({answer, hasSizes}: {readonly answer: LanesAnswer | null; /** Whether a source tells which stacks changed. */ readonly hasSizes: boolean}) {
  const {timeline} = useCopy();
  const figures = useFigures();
  const arrangement = useStore((state) => state.arrangement);
  const arrange = useStore((state) => state.arrange);
  const sizes = useStore((state) => state.rowSizes);
  const sizeRows = useStore((state) => state.sizeRows);
  const row = useStore((state) => state.row);
  const openRow = useStore((state) => state.openRow);
  const {sections, groupBy, sort, text, state, reason, onlyGrowth} = arrangement;
  const offered = answer?.offered ?? [];
  const hasGoroutines = offered.includes('goroutines');
  const toggleSection = (section: RowSection) => arrange({sections: sections.includes(section) ? sections.filter((other) => other !== section) : [...sections, section]});
  const sized = row?.kind === 'group' ? row.key : '';
  const sizeNow = sizes[sized] ?? sizes[''] ?? 'normal';
  const nextSize = () => sizeRows(sized, rowSizes[(rowSizes.indexOf(sizeNow) + 1) % rowSizes.length]);
  const openAll = (isOpen: boolean) => openRow('', isOpen);
  useCommands('timeline', [{id: 'timeline.size', title: timeline.nextSize, keys: ['h'], run: nextSize}]);
  useCommands('page', [
    {id: 'timeline.only-growth', title: timeline.onlyGrowthHelp, keys: [], isOn: onlyGrowth, run: () => arrange({onlyGrowth: !onlyGrowth})},
    ...rowSorts.map((by) => ({id: `timeline.sort.${by}`, title: `${timeline.orderLabel}: ${timeline.sorts[by]}`, keys: [], isOn: by === sort, run: () => arrange({sort: by})})),
    ...groupings.map((by) => ({id: `timeline.group.${by}`, title: `${timeline.groupLabel}: ${timeline.groupings[by]}`, keys: [], isOn: by === groupBy, run: () => arrange({groupBy: by})})),
  ]);
  const sortItems = rowSorts.map((by): MenuItem => ({id: by, text: timeline.sorts[by], isChosen: by === sort, run: () => arrange({sort: by})}));
  const groupItems = groupings.map((by): MenuItem => ({id: by, text: timeline.groupings[by], isChosen: by === groupBy, run: () => arrange({groupBy: by})}));
  const sizeItems = rowSizes.map((size): MenuItem => ({id: size, text: timeline.sizes[size], isChosen: size === sizeNow, keys: 'H', run: () => sizeRows(sized, size)}));
  const sectionItems = offered.map((section): MenuItem => ({id: section, text: timeline.sections[section], isChosen: sections.includes(section), run: () => toggleSection(section)}));
  const stateItems = [0, 2, 1, 3, 4].map((of): MenuItem => ({id: String(of), text: of === 0 ? timeline.anyState : timeline.states[of], isChosen: of === state, run: () => arrange({state: of})}));
  const reasonItems = [null, ...(answer?.reasons ?? [])].map((of): MenuItem => ({id: of ?? '', text: of ?? timeline.anyReason, isChosen: of === reason, run: () => arrange({reason: of})}));
  const stateText = [state === 0 ? '' : timeline.states[state], reason ?? ''].filter((part) => part !== '').join(' · ');
  const isNarrowed = text.trim() !== '' || state !== 0 || reason !== null || onlyGrowth;
  return (
    <>
      {hasGoroutines ? (
        <>
          <MenuButton look="quiet" label={timeline.orderLabel} groups={[{title: timeline.orderLabel, items: sortItems}, {title: timeline.groupLabel, items: groupItems}, {title: timeline.sizeLabel, items: sizeItems}]}>
            {timeline.order(timeline.sorts[sort])} ▾
          </MenuButton>
          <input className="timeline-text" type="text" spellCheck={false} autoComplete="off" value={text} placeholder={timeline.filterHint} aria-label={timeline.filter} onChange={({target}) => arrange({text: target.value})} />
          <MenuButton look={stateText === '' ? 'quiet' : 'plain'} label={timeline.stateLabel} groups={[{title: timeline.stateLabel, items: stateItems}, {title: timeline.reasonLabel, items: reasonItems}]}>
            {stateText === '' ? timeline.anyState : stateText} ▾
          </MenuButton>
          {hasSizes ? (
            <label className="timeline-check" title={timeline.onlyGrowthHelp}>
              <input type="checkbox" checked={onlyGrowth} onChange={({target}) => arrange({onlyGrowth: target.checked})} />
              {timeline.onlyGrowth}
            </label>
          ) : null}
        </>
      ) : null}
      {offered.length > 0 ? (
        <MenuButton
          look="quiet" label={timeline.rowsShown}
          groups={[{title: timeline.rowsShown, items: sectionItems}, {items: [{id: 'open', text: timeline.openAll, run: () => openAll(true)}, {id: 'close', text: timeline.closeAll, run: () => openAll(false)}]}]}
        >
          {timeline.rows} ▾
        </MenuButton>
      ) : null}
      {answer && isNarrowed ? (
        <span className="timeline-note">
          {timeline.shown(figures.count(answer.goroutines), figures.count(answer.allGoroutines))}
          <Button look="quiet" onClick={() => arrange({text: '', state: 0, reason: null, onlyGrowth: false})}>{timeline.showAllLanes}</Button>
        </span>
      ) : null}
    </>
  );
});
