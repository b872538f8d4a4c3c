/** What stands in a post for values that its site fills in, as `listExpressions` writes it, and these values. */
export type SiteValues = Readonly<Record<string, string>>;

/** Two braces and what stands between them. */
export const braces = /\{\{([^{}\n]{1,200})\}\}/g;
/** A tag of Liquid. */
export const tags = /\{%[^{}\n]{1,500}%\}/g;
const members = /\b(?:frontMatter|frontmatter|props\.pageContext\.frontmatter)(?:\.[A-Za-z_$][\w$]*)+/g;

/** A value that stands without quotes in what a tag is given. */
export const given = /(?<==\s*)(?:page|site)\.[a-z_][\w.-]*(?=[\s%])/gi;

/** What in a text may stand for a value: `site.title`, `param version`, `frontMatter.title`. */
export function listExpressions(text: string): ReadonlySet<string> {
  if (!text.includes('{')) return new Set();
  const written = Array.from(text.matchAll(tags), ([tag]) => tag);
  return new Set([
    ...Array.from(text.matchAll(braces), ([, inside = '']) => readInside(inside)).filter(
      (expression) => expression !== undefined,
    ),
    ...Array.from(text.matchAll(members), ([name]) => name),
    ...written.filter(isGiven).flatMap((tag) => tag.match(given) ?? []),
    ...written.flatMap((tag) => readInside(readAssignment(tag)?.given ?? '') ?? []),
  ]);
}

/** What stands between two braces, as it is looked up: Hugo's and Quarto's shortcodes of values by their name, an output as it is written. */
export function readInside(inside: string): string | undefined {
  const [, tag, , name] = /^[<%]\s*(param|meta|var)\s+(["'`]?)([\w.-]+)\2\s*[>%]$/.exec(inside) ?? [];
  if (tag !== undefined) return `${tag} ${name}`;
  const trimmed = inside.trimEnd().replace(/-$/, '').trimEnd();
  const [, output] = /^-?\s*(\$?[a-z_][\w.$[\]'"-]*(?:\s*\|.*)?)$/is.exec(trimmed) ?? [];
  return output?.replaceAll(/\s+/g, ' ');
}

/** A tag that gives a name a value, with which word, and the value as it is written. */
export function readAssignment(
  tag: string,
): { readonly word: string; readonly name: string; readonly given: string } | undefined {
  const [, word, name, value] =
    /^\{%-?\s*(assign|set)\s+([a-z_]\w*)\s*=\s*([^\s].*?)\s*-?%\}$/i.exec(tag) ?? [];
  return word !== undefined && name !== undefined && value !== undefined
    ? { word, name, given: value }
    : undefined;
}

/** Whether values stand in what a tag is given: not where it says itself what a name stands for. */
export function isGiven(tag: string): boolean {
  return !/^\{%[-+]?\s*(?:assign|set|capture|for|if|elsif|elif|unless|case|when)\b/.test(tag);
}
