/** What lies under the pointer in a row. */
import {LaneMark, type LaneRow, type LanesAnswer} from '../../derive/lanes/shape.ts';
import {timeAt, type TimeWindow} from '../../draw/timeline/scale.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';
import {Tooltip} from '../ui/tooltip.tsx';
import {useRowText} from './use-row-text.ts';

export interface LaneCardProps {
  readonly answer: LanesAnswer;
  readonly view: TimeWindow;
  readonly pointed: {readonly row: LaneRow; readonly offsetX: number; readonly x: number; readonly y: number};
}

export function LaneCard({answer, view, pointed}: LaneCardProps) {
  const copy = useCopy();
  const figures = useFigures();
  const describe = useRowText();
  const row = answer.rows.findIndex(({key}) => key === pointed.row.key);
  if (row < 0) return null;
  const timeNs = timeAt(view, pointed.offsetX);
  const pixel = Math.floor(((timeNs - answer.fromNs) * answer.widthPx) / Math.max(1, answer.toNs - answer.fromNs));
  const at = (plane: Uint8Array) => (pixel >= 0 && pixel < answer.widthPx ? plane[row * answer.widthPx + pixel] : 0);
  const {timeline} = copy;
  const {fullName, figures: sums} = describe(answer.rows[row]);
  const marks = at(answer.marks);
  const size = at(answer.size);
  const here = [
    pointed.row.kind === 'gc' ? '' : timeline.states[at(answer.state)],
    size > 0 ? timeline.stack(figures.bytes(2 ** size)) : '',
    marks & LaneMark.Growth ? timeline.growthMark : '',
    marks & LaneMark.Shrink ? timeline.shrinkMark : '',
    marks & LaneMark.GrowthSample ? timeline.growthSampleMark : marks & LaneMark.Sample ? timeline.sampleMark : '',
    marks & LaneMark.Preemption ? timeline.preemptionMark : '',
    marks & LaneMark.Overflow ? timeline.overflowMark : '',
  ].filter((text) => text !== '');
  return (
    <Tooltip x={pointed.x} y={pointed.y}>
      <strong>{fullName}</strong>
      <p>{[figures.moment(timeNs), ...here].join(' · ')}</p>
      <p>{sums}</p>
    </Tooltip>
  );
}
