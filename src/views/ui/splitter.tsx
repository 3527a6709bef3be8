/**
 * The border between two panes. The pointer drags it, arrows move it, Home and End bring it to its ends, Enter closes and opens the
 * pane it belongs to, a double click puts it back.
 */
import {useRef, type KeyboardEvent, type PointerEvent} from 'react';
import './splitter.css';

export interface SplitterProps {
  readonly label: string;
  /** Id of the element before it, whose size it is. */
  readonly controls: string;
  /** Which way the border lies: one that lies is moved up and down. */
  readonly lies: 'across' | 'upright';
  /** Share of the room that the element has; `least` to `most`. */
  readonly share: number;
  readonly least: number;
  readonly most: number;
  /** The room that is shared, in pixels. */
  readonly roomPx: () => number;
  /** null: as at first. */
  readonly onResize: (share: number | null) => void;
  readonly onToggle: () => void;
}

const STEP = 0.02;
const LARGE_STEP = 0.1;
/** Dragged this far below its least size an element is closed. */
const CLOSE_SHARE = 0.07;

export function Splitter({label, controls, lies, share, least, most, roomPx, onResize, onToggle}: SplitterProps) {
  const grabPx = useRef<number | null>(null);
  const isAcross = lies === 'across';
  const shareAt = (event: PointerEvent) => {
    const box = document.getElementById(controls)?.getBoundingClientRect();
    if (!box || grabPx.current === null) return null;
    return ((isAcross ? event.clientY - box.top : event.clientX - box.left) - grabPx.current) / Math.max(1, roomPx());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const targets: Readonly<Record<string, number>> = {[isAcross ? 'ArrowUp' : 'ArrowLeft']: share - step, [isAcross ? 'ArrowDown' : 'ArrowRight']: share + step, Home: least, End: most};
    if (event.key === 'Enter') onToggle();
    else if (targets[event.key] === undefined) return;
    else onResize(targets[event.key]);
    event.preventDefault();
  };
  return (
    <div
      role="separator" tabIndex={0} className={`splitter splitter-${lies}`} aria-label={label} title={label} aria-controls={controls} aria-orientation={isAcross ? 'horizontal' : 'vertical'}
      aria-valuemin={Math.round(least * 100)} aria-valuemax={Math.round(most * 100)} aria-valuenow={Math.round(share * 100)} onKeyDown={onKeyDown} onDoubleClick={() => onResize(null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const box = document.getElementById(controls)?.getBoundingClientRect();
        grabPx.current = box ? (isAcross ? event.clientY - box.bottom : event.clientX - box.right) : 0;
      }}
      onPointerMove={(event) => {
        const to = shareAt(event);
        if (to === null) return;
        if (to < CLOSE_SHARE) {
          grabPx.current = null;
          onToggle();
        } else onResize(to);
      }}
      onLostPointerCapture={() => {
        grabPx.current = null;
      }}
    />
  );
}
