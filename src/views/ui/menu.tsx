/** A menu that floats: at the pointer, at a frame, or under its button. Arrow keys, Home, End and first letters move, Enter chooses, Escape and Tab close. */
import {useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent} from 'react';
import {Button, type ButtonProps} from './button.tsx';
import {useAway} from './use-away.ts';
import './menu.css';

export interface MenuItem {
  readonly id: string;
  readonly text: string;
  /** BCP 47 tag, where it is not the page's. */
  readonly lang?: string;
  /** The key that does the same, as it is shown. */
  readonly keys?: string;
  /** Why it cannot be chosen now. */
  readonly whyNot?: string | null;
  /** Of a choice: whether it is the one that holds. */
  readonly isChosen?: boolean;
  readonly run: () => void;
}

/** Items between two lines, with a heading that says what they are about, or none. */
export interface MenuGroup {
  readonly title?: string;
  readonly items: readonly MenuItem[];
}

export interface MenuProps {
  readonly label: string;
  readonly groups: readonly MenuGroup[];
  /** Its upper left corner in the window, as long as there is room. */
  readonly at: {readonly x: number; readonly y: number};
  readonly onClose: () => void;
}

const EDGE_PX = 8;

/** While it is open it has the focus; closed, the focus goes back to where it was. */
export function Menu({label, groups, at, onClose}: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{left: number; top: number}>({left: at.x, top: at.y});
  useAway(true, list, onClose);
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect();
    if (!box) return;
    setPlace({left: Math.max(EDGE_PX, Math.min(at.x, window.innerWidth - box.width - EDGE_PX)), top: Math.max(EDGE_PX, Math.min(at.y, window.innerHeight - box.height - EDGE_PX))});
  }, [at.x, at.y]);
  useEffect(() => {
    const before = document.activeElement;
    (list.current?.querySelector<HTMLElement>('[aria-checked=true]') ?? itemsOf(list.current)[0])?.focus();
    return () => {
      // What was chosen may have moved the focus on.
      if (before instanceof HTMLElement && (document.activeElement === document.body || document.activeElement === null)) before.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current);
    const next = nextItem(event.key, items, items.findIndex((item) => item === document.activeElement));
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (next !== null) items[next]?.focus();
    else return;
    event.preventDefault();
  };
  return (
    <div ref={list} className="menu" role="menu" aria-label={label} tabIndex={-1} style={place} onKeyDown={onKeyDown} onContextMenu={(event) => event.preventDefault()}>
      {groups.filter(({items}) => items.length > 0).map(({title, items}, i) => (
        <div key={title ?? i} role="group" aria-label={title ?? label}>
          {title === undefined ? null : <p className="menu-title" aria-hidden="true">{title}</p>}
          {items.map(({id, text, lang, keys, whyNot = null, isChosen, run}) => (
            <button
              key={id} type="button" tabIndex={-1} role={isChosen === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={isChosen} aria-disabled={whyNot === null ? undefined : true} title={whyNot ?? undefined}
              onClick={() => {
                if (whyNot !== null) return;
                onClose();
                run();
              }}
            >
              <span className="menu-sign" aria-hidden="true">{isChosen === true ? '✓' : ''}</span>
              <span lang={lang}>{text}</span>
              {keys === undefined ? null : <kbd aria-hidden="true">{keys}</kbd>}
            </button>
          ))}
        </div>
      ))}
    </div>
  );
}

/** A button with its menu below it; the down arrow opens it, too. `isSign`: its face says nothing, so it is called as the menu is. */
export function MenuButton({label, groups, children, look = 'plain', isSign = false}: Pick<MenuProps, 'label' | 'groups'> & Pick<ButtonProps, 'children' | 'look'> & {readonly isSign?: boolean}) {
  const host = useRef<HTMLSpanElement>(null);
  const id = useId();
  const [at, setAt] = useState<MenuProps['at'] | null>(null);
  const open = () => {
    const box = host.current?.getBoundingClientRect();
    if (box) setAt({x: box.left, y: box.bottom + 4});
  };
  return (
    <span
      ref={host} id={id} className="menu-button"
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown' || at !== null) return;
        event.preventDefault();
        open();
      }}
    >
      <Button look={look} hasMenu isOpen={at !== null} {...(isSign ? {label} : {})} onClick={() => (at === null ? open() : setAt(null))}>
        {children}
      </Button>
      {at === null ? null : <Menu label={label} groups={groups} at={at} onClose={() => setAt(null)} />}
    </span>
  );
}

function itemsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

/** Where a key leads; null: it is no key of a menu. */
function nextItem(key: string, items: readonly HTMLElement[], at: number): number | null {
  switch (key) {
    case 'ArrowDown': return (at + 1) % items.length;
    case 'ArrowUp': return (at - 1 + items.length) % items.length;
    case 'Home': return 0;
    case 'End': return items.length - 1;
    default: {
      if (key.length !== 1 || key === ' ') return null;
      const order = [...items.keys()].map((_, i) => (at + 1 + i) % items.length);
      return order.find((i) => items[i].textContent?.trim().toLowerCase().startsWith(key.toLowerCase())) ?? null;
    }
  }
}
