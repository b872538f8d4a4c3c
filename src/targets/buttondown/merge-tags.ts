import type { WriteMergeTag } from '../../mailing/merge-tags.ts';

/** Writes merge tags in the language of Django's templates, as Buttondown fills them in. `fields`: keys of readers' metadata. */
export function writeTemplateTags(fields: readonly string[]): WriteMergeTag {
  return (name, fallback) => {
    const value = name === 'email' ? 'subscriber.email' : readKey(name, fields);
    if (value === undefined) return undefined;
    return fallback === undefined || fallback === ''
      ? `{{ ${value} }}`
      : `{{ ${value}|default:${quote(fallback)} }}`;
  };
}

/** Everything known of a reader besides the address is in the metadata, by custom the first name too. */
function readKey(name: string, fields: readonly string[]): string | undefined {
  return name === 'first_name' || fields.includes(name) ? `subscriber.metadata.${name}` : undefined;
}

/** A text in double quotes; Django takes a quote in it after a backslash, and no braces. */
function quote(text: string): string {
  return `"${text.replaceAll(/[{}]/g, '').replaceAll(/(["\\])/g, String.raw`\$1`)}"`;
}

const written = /\{\{ subscriber\.(?:metadata\.)?(\w+)(?:\|default:"((?:[^"\\]|\\.)*)")? \}\}/g;

/** A text as a reader gets it of whom nothing is known: its tags shown by fallbacks, else by what they name. */
export function showSamples(text: string): string {
  return text.replaceAll(
    written,
    (_mark, name: string, fallback?: string) => fallback?.replaceAll(/\\(.)/g, '$1') ?? `[${name}]`,
  );
}
