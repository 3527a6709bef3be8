/** What the form of a name says of it. */
import type {Node} from './node.ts';

export function isUnnamed(name: Node): boolean {
  return name.is === 'lambda' || (name.is === 'text' && name.text.startsWith('{unnamed type#'));
}

/** What the constructors of a class are called; null: it has none. */
export function lastNameOf(name: Node): string | null {
  if (name.is === 'text') return name.text;
  if (name.is === 'in' || name.is === 'local') return lastNameOf(name.name);
  return name.is === 'instance' || name.is === 'tagged' ? lastNameOf(name.of) : null;
}

/** Functions made of templates tell their result, save those that have none or are named by it. */
export function hasResult(name: Node): boolean {
  if (name.is === 'local' || name.is === 'default-argument') return hasResult(name.name);
  return name.is === 'instance' && !isNamedByClass(name.of);
}

function isNamedByClass(name: Node): boolean {
  if (name.is === 'in' || name.is === 'local') return isNamedByClass(name.name);
  return name.is === 'tagged' ? isNamedByClass(name.of) : name.is === 'structor' || name.is === 'conversion';
}

/** A name and what is said of the member function, which stands behind its parameters, or nowhere. */
export function withoutMemberWords(name: Node): {name: Node; after: string} {
  if (name.is === 'of-member') return {name: name.of, after: name.after};
  if (name.is !== 'local') return {name, after: ''};
  const inner = withoutMemberWords(name.name);
  return {name: {...name, name: inner.name}, after: inner.after};
}
