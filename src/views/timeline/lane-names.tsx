/** Names and figures of the lanes on the screen, and the keyboard's place in them. */
import type {KeyboardEvent} from 'react';
import {LANE_PX} from '../../draw/timeline/paint-lanes.ts';
import type {Lane, LanesAnswer} from '../../derive/lanes/shape.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export interface LaneNamesProps {
  readonly answer: LanesAnswer | null;
  /** -1: none. */
  readonly selected: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onOpen: (lane: number) => void;
}

export function LaneNames({answer, selected, onKeyDown, onOpen}: LaneNamesProps) {
  const copy = useCopy();
  const describe = useLaneText();
  const idOf = (index: number) => `lane-${index}`;
  const isShown = answer !== null && selected >= answer.first && selected < answer.first + answer.lanes.length;
  return (
    <div className="lanes-gutter">
      <div className="lanes-corner" />
      <div
        className="lane-names" role="listbox" tabIndex={0} aria-label={copy.timeline.lanes} aria-describedby="lanes-help"
        aria-activedescendant={isShown ? idOf(selected) : undefined} onKeyDown={onKeyDown}
      >
        {answer?.lanes.map((lane, i) => {
          const index = answer.first + i;
          const {title, figures} = describe(lane);
          return (
            <div
              key={index} id={idOf(index)} role="option" aria-selected={index === selected} aria-setsize={answer.laneCount} aria-posinset={index + 1} className="lane-name" style={{top: index * LANE_PX, height: LANE_PX}}
              onClick={() => onOpen(index)}
            >
              <span>{title}</span>
              <small>{figures}</small>
            </div>
          );
        })}
        {answer?.lanes.length === 0 ? <div role="option" aria-selected={false} className="spoken">{copy.timeline.noLanes}</div> : null}
      </div>
      <p id="lanes-help" className="spoken">{copy.timeline.lanesHelp}</p>
    </div>
  );
}

/** What a lane is called, and its figures. */
export function useLaneText(): (lane: Lane) => {readonly title: string; readonly figures: string} {
  const copy = useCopy();
  const figures = useFigures();
  const {timeline} = copy;
  return (lane) => {
    if (lane.kind === 'thread') return {title: `${timeline.thread(String(lane.id))} ${lane.name ?? ''}`, figures: timeline.laneSamples(figures.count(lane.samples))};
    return {
      title: `${timeline.goroutine(String(lane.id))} ${lane.name ?? timeline.unknownStart}`,
      figures: lane.growths + lane.shrinks > 0 ? timeline.laneFigures(figures.count(lane.growths), figures.bytes(lane.largestBytes), figures.duration(lane.copyNs)) : timeline.laneSamples(figures.count(lane.samples)),
    };
  };
}
