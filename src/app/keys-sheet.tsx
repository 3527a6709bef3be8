/** The sheet of all keys, by where they act, and what the pointer does. */
import {useAllCommands, type Place} from '../state/use-commands.ts';
import {useCopy, useStore} from '../state/use-store.ts';
import {Button} from '../views/ui/button.tsx';
import {Dialog} from '../views/ui/dialog.tsx';
import {Keys} from '../views/ui/keys.tsx';
import './keys-sheet.css';

const PLACES: readonly Place[] = ['page', 'timeline', 'flame', 'table'];

export function KeysSheet() {
  const copy = useCopy();
  const commands = useAllCommands().filter(({keys}) => keys.length > 0);
  const showOverlay = useStore((state) => state.showOverlay);
  return (
    <Dialog label={copy.keys.title} className="keys-sheet" onClose={() => showOverlay(null)}>
      <header className="keys-head">
        <h2>{copy.keys.title}</h2>
        <Button look="quiet" label={copy.keys.close} onClick={() => showOverlay(null)}>×</Button>
      </header>
      {/* Scrolled by keys: it must take the focus. */}
      <div className="keys-body" tabIndex={0} role="group" aria-label={copy.keys.title}>
        <div className="keys-columns">
          {PLACES.map((place) => {
            const here = commands.filter((command) => command.place === place);
            return here.length === 0 ? null : (
              <section key={place}>
                <h3>{copy.keys.places[place]}</h3>
                <dl>
                  {here.map(({id, title, keys}) => (
                    <div key={id}><dt><Keys keys={keys} /></dt><dd>{title}</dd></div>
                  ))}
                </dl>
              </section>
            );
          })}
          <section>
            <h3>{copy.keys.pointer}</h3>
            <dl>
              {copy.keys.gestures.map(([gesture, does]) => <div key={gesture}><dt>{gesture}</dt><dd>{does}</dd></div>)}
            </dl>
          </section>
        </div>
      </div>
    </Dialog>
  );
}
