/** Keys as they stand on the keyboard: `Ctrl+k` is ⌘K on a Mac and Ctrl K elsewhere. */
import {Fragment} from 'react';
import './keys.css';

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': 'Space', Enter: '↵', Backspace: '⌫', Shift: '⇧', Delete: 'Del', PageUp: 'PgUp', PageDown: 'PgDn', ContextMenu: '☰',
};
const MAC_SIGNS: Readonly<Record<string, string>> = {Ctrl: '⌘', Alt: '⌥'};

/** The signs of one key press, the held ones first. */
export function signsOf(key: string, isMac: boolean): string[] {
  // `Ctrl++` is Ctrl and +.
  const parts = key === '+' ? ['+'] : key.endsWith('++') ? [...key.slice(0, -2).split('+'), '+'] : key.split('+');
  return parts.map((part) => (isMac ? MAC_SIGNS[part] : undefined) ?? SIGNS[part] ?? (parts.length > 1 && part.length === 1 ? part.toUpperCase() : part));
}

export function Keys({keys}: {readonly keys: readonly string[]}) {
  const isMac = /mac|iphone|ipad/i.test(navigator.platform);
  return (
    <span className="keys">
      {keys.map((key, i) => (
        <Fragment key={key}>
          {i > 0 ? ' ' : ''}
          <kbd>{signsOf(key, isMac).join(isMac ? '' : ' ')}</kbd>
        </Fragment>
      ))}
    </span>
  );
}
