/** Buttons of the page. */
import type {ReactNode} from 'react';
import './button.css';

export interface ButtonProps {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** Spoken name, where the face is a sign. */
  readonly label?: string;
  /** A switch: whether it is on. */
  readonly isOn?: boolean;
  readonly look?: 'plain' | 'quiet' | 'main' | 'growth' | 'chosen';
  /** It opens a menu, and whether that is open. */
  readonly hasMenu?: boolean;
  readonly isOpen?: boolean;
  /** It leads nowhere now. It stays where it is, with the focus. */
  readonly isDisabled?: boolean;
}

export function Button({onClick, children, label, isOn, look = 'plain', hasMenu, isOpen, isDisabled = false}: ButtonProps) {
  return (
    <button type="button" className={`button button-${look}`} aria-label={label} title={label} aria-pressed={isOn} aria-haspopup={hasMenu ? 'menu' : undefined} aria-expanded={isOpen} aria-disabled={isDisabled || undefined} onClick={isDisabled ? undefined : onClick}>
      {children}
    </button>
  );
}
