/** Puts a text into the clipboard and says that it did. */
import {useEffect, useState} from 'react';
import {useCopy} from '../../state/use-store.ts';
import {Button} from './button.tsx';

const SAID_MS = 2000;

export function CopyButton({text, label}: {readonly text: string; /** Spoken: what is copied. */ readonly label: string}) {
  const copy = useCopy();
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => setSaid(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <span className="copy-button" role="status">
      <Button look="quiet" {...(said ? {} : {label})} onClick={() => void navigator.clipboard.writeText(text).then(() => setSaid('copied'), () => setSaid('refused'))}>
        {said ? copy.capture[said] : copy.capture.copy}
      </Button>
    </span>
  );
}
