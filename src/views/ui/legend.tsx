/** What colours and signs mean. */
import './legend.css';

export interface LegendEntry {
  readonly text: string;
  /** Custom property of the colour, without its dashes. */
  readonly token: string;
  /** Instead of a patch of the colour. */
  readonly sign?: string;
  /** Drawn hatched: something that was not recorded. */
  readonly isHatched?: boolean;
}

export function Legend({label, entries}: {readonly label: string; readonly entries: readonly LegendEntry[]}) {
  return (
    <ul className="legend" aria-label={label}>
      {entries.map(({text, token, sign, isHatched}) => (
        <li key={text}>
          {sign === undefined ? (
            <span className={`legend-patch${isHatched ? ' legend-hatched' : ''}`} style={{backgroundColor: `var(--${token})`}} aria-hidden="true" />
          ) : (
            <span className="legend-sign" style={{color: `var(--${token})`}} aria-hidden="true">{sign}</span>
          )}
          {text}
        </li>
      ))}
    </ul>
  );
}
