/** A dialog over the page: the browser keeps the focus in it, closes it with Escape, and gives the focus back. */
import {useLayoutEffect, useRef, type ReactNode} from 'react';
import './dialog.css';

export interface DialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Of its own class, for its size. */
  readonly className?: string;
}

export function Dialog({label, onClose, children, className = ''}: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // The focus goes back only while the dialog is still on the page: effects of another kind end after it is gone.
  useLayoutEffect(() => {
    const {current} = dialog;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog} className={`dialog ${className}`} aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The dialog's own box is filled by its content: a click that meets the dialog itself is one on the backdrop.
      onMouseDown={({target, currentTarget}) => {
        if (target === currentTarget) onClose();
      }}
    >
      <div className="dialog-content">{children}</div>
    </dialog>
  );
}
