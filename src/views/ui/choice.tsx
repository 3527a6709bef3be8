/** A labelled list to choose one thing from. */
import {useId} from 'react';
import './choice.css';

export interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly {readonly value: T; readonly text: string}[];
  readonly onChoose: (value: T) => void;
  /** The label is spoken only. */
  readonly isLabelHidden?: boolean;
}

export function Choice<T extends string>({label, value, options, onChoose, isLabelHidden = false}: ChoiceProps<T>) {
  const id = useId();
  return (
    <span className="choice">
      <label htmlFor={id} className={isLabelHidden ? 'spoken' : undefined}>{label}</label>
      <select id={id} value={value} onChange={({target}) => {
        const chosen = options.find((option) => option.value === target.value);
        if (chosen) onChoose(chosen.value);
      }}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
      </select>
    </span>
  );
}
