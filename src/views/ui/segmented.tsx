/** One of a few, side by side. Arrow keys choose the next one. What cannot be chosen says why. */
import {useRef, type KeyboardEvent} from 'react';
import './segmented.css';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  /** `whyNot`: why it cannot be chosen; null or absent: it can. */
  readonly options: readonly {readonly value: T; readonly text: string; readonly whyNot?: string | null}[];
  readonly onChoose: (value: T) => void;
  /** `tabs`: large, with a line under the chosen one. */
  readonly look?: 'plain' | 'tabs';
}

export function Segmented<T extends string>({label, value, options, onChoose, look = 'plain'}: SegmentedProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = options.findIndex((option) => option.value === value);
    for (let i = 1; i < options.length; i++) {
      const next = (at + step * i + options.length * i) % options.length;
      if ((options[next].whyNot ?? null) !== null) continue;
      onChoose(options[next].value);
      (list.current?.children[next] as HTMLElement | undefined)?.focus();
      return;
    }
  };
  return (
    <div ref={list} className={`segmented segmented-${look}`} role="radiogroup" aria-label={label} onKeyDown={onKeyDown}>
      {options.map(({value: own, text, whyNot = null}) => (
        <button
          key={own} type="button" role="radio" aria-checked={own === value} tabIndex={own === value ? 0 : -1} aria-disabled={whyNot === null ? undefined : true} title={whyNot ?? undefined}
          onClick={() => {
            if (whyNot === null) onChoose(own);
          }}
        >
          {text}
        </button>
      ))}
    </div>
  );
}
