import type { WriteMergeTag } from '../../mailing/merge-tags.ts';

/** What Kit knows of every reader, by the name in a letter (help.kit.com, Liquid personalization, checked November 2026). */
const known: Readonly<Record<string, string>> = { first_name: 'first_name', email: 'email_address' };

/** Writes merge tags in Liquid, as Kit fills them in. `fields`: the custom fields that readers have there. */
export function writeLiquid(fields: readonly string[]): WriteMergeTag {
  return (name, fallback) => {
    const key = known[name] ?? (fields.includes(name) ? name : undefined);
    if (key === undefined) return undefined;
    const value = `subscriber.${key}`;
    return fallback === undefined || fallback === ''
      ? `{{ ${value} }}`
      : `{{ ${value} | default: ${quote(fallback)} }}`;
  };
}

/** A text in Liquid, which has no way to write the quotes that enclose it. */
function quote(text: string): string {
  const plain = text.replaceAll(/[{}]/g, '');
  return plain.includes('"') ? `'${plain.replaceAll("'", '’')}'` : `"${plain}"`;
}

const written = /\{\{ subscriber\.(\w+)(?: \| default: (["'])(.*?)\2)? \}\}/g;

/** A text as a reader gets it of whom nothing is known: its Liquid shown by fallbacks, else by what it names. */
export function showSamples(text: string): string {
  return text.replaceAll(
    written,
    (_mark, name: string, _quote, fallback?: string) => fallback ?? `[${name}]`,
  );
}
