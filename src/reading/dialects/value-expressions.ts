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
  return new Set([
    ...Array.from(text.matchAll(braces), ([, inside = '']) => readInside(inside)).filter(
      (expression) => expression !== undefined,
    ),
    ...Array.from(text.matchAll(members), ([name]) => name),
    ...Array.from(text.matchAll(tags), ([tag]) => tag)
      .filter(isGiven)
      .flatMap((tag) => tag.match(given) ?? []),
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

const assigns = /\{%-?\s*assign\s+([a-z_]\w*)\s*=\s*(?:"([^"{}%\n]*)"|'([^'{}%\n]*)')\s*-?%\}/gi;

/** How many names a post may give a text: far more than a person does. */
const mostAssigned = 50;

/**
 * The texts that a post itself gives names in Liquid, and each tag that does so, which shows nothing. Only of names that are given one
 * text, once, and are then shown as they are and nothing else.
 */
export function listAssigned(text: string): SiteValues {
  if (!/\{%-?\s*assign\b/.test(text) || /\{%-?\s*raw\b/.test(text)) return {};
  const found = Array.from(text.matchAll(assigns));
  if (found.length > mostAssigned) return {};
  const [given, outputs] = [Array.from(text.matchAll(tags)), Array.from(text.matchAll(braces))];
  return Object.fromEntries(
    found.flatMap(({ index, 0: tag, 1: name = '', 2: double, 3: single }) => {
      const [value, word] = [double ?? single ?? '', new RegExp(`\\b${name}\\b`)];
      const isOnce = given.filter(([other]) => word.test(other)).length === 1;
      const shown = outputs.filter(([output]) => word.test(output));
      const isShown = shown.every(
        ({ index: at, 1: inside = '' }) => at > index && readInside(inside) === name,
      );
      return isOnce && isShown && value.trim() !== ''
        ? [
            [name, value],
            [tag, ''],
          ]
        : [];
    }),
  );
}

/** Whether values stand in what a tag is given: not where it says itself what a name stands for. */
export function isGiven(tag: string): boolean {
  return !/^\{%[-+]?\s*(?:assign|set|capture|for|if|elsif|elif|unless|case|when)\b/.test(tag);
}
