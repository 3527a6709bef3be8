/** A card that floats beside the pointer. For the eye only: what it says is said elsewhere too. */
import type {ReactNode} from 'react';
import './tooltip.css';

export interface TooltipProps {
  /** Of the pointer, in the window. */
  readonly x: number;
  readonly y: number;
  readonly children: ReactNode;
}

const MOST_WIDTH_PX = 460;

export function Tooltip({x, y, children}: TooltipProps) {
  const side = x > window.innerWidth - MOST_WIDTH_PX ? {right: window.innerWidth - x + 12} : {left: x + 14};
  const height = y > window.innerHeight - 160 ? {bottom: window.innerHeight - y + 10} : {top: y + 16};
  return <div className="tooltip" aria-hidden="true" style={{...side, ...height}}>{children}</div>;
}
