/** A file of symbols that is open: what it is, which build, and what it names here; or why it is not used. */
import type {OpenBinary} from '../../derive/binaries/shape.ts';
import {useBinaryText} from '../../state/use-binary-text.ts';
import {useCopy, useFigures} from '../../state/use-store.ts';

export function OpenBinarySection({binary}: {readonly binary: OpenBinary}) {
  const {symbols: text} = useCopy();
  const figures = useFigures();
  const {kind, use, refusal} = useBinaryText();
  const {name, buildId, machine, functions, isGo, goVersion, refusals} = binary;
  const rows: [title: string, value: string, isCode?: true][] = [
    [text.fields.kind, machine === null ? kind(binary) : `${kind(binary)}, ${machine}`],
    ...(binary.kind === 'elf' ? [buildId === null ? [text.fields.buildId, text.none] satisfies [string, string] : [text.fields.buildId, buildId, true] satisfies [string, string, true]] : []),
    [text.fields.functions, figures.count(functions)],
    ...(isGo ? [[text.fields.go, goVersion?.replace(/^go/, '') ?? text.goVersionUnknown] satisfies [string, string]] : []),
    [text.fields.names, use(binary)],
  ];
  return (
    <section className="source" aria-label={name}>
      <h3>{name}</h3>
      <dl>
        {rows.map(([title, value, isCode]) => (
          <div key={title} className="source-fact">
            <dt>{title}</dt>
            <dd>{isCode ? <code>{value}</code> : value}</dd>
          </div>
        ))}
      </dl>
      {refusals.map((of) => <p key={`${of.capture} ${of.dso}`} className="binary-refused">{refusal(of)}</p>)}
    </section>
  );
}
