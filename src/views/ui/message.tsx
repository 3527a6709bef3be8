/** What stands where there is nothing to show: why, and what to do. */
import type {ReactNode} from 'react';
import './message.css';

export function Message({children, help}: {readonly children: ReactNode; readonly help?: ReactNode}) {
  return (
    <div className="message">
      <p>{children}</p>
      {help === undefined ? null : <p className="message-help">{help}</p>}
    </div>
  );
}
