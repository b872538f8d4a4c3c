import type { Facts, SiteView } from './define.ts';
import { joinPath } from './paths.ts';
import { isData, readData, textAt, valueAt } from '../reading/site-files/read-data.ts';

const lineLimit = 300;

/** An absolute http or https address without query, credentials or a slash at its end; otherwise nothing. */
export function readSiteUrl(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text.trim());
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    return undefined;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** A zone's name, if there is such a zone. */
export function readTimezone(text: string | undefined): string | undefined {
  if (text === undefined || !/^[\w+/-]+$/.test(text)) return undefined;
  try {
    return Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A language in the spelling of BCP 47: `en_us` is `en-US`. */
function readLanguage(text: string | undefined): string | undefined {
  try {
    return text === undefined
      ? undefined
      : Intl.getCanonicalLocales(text.replace(/\..*$/, '').replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** Text as one line of a reasonable length. */
export function readLine(text: string | undefined): string | undefined {
  const line = text
    ?.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\p{Cf}\p{Cs}]/gu, '')
    .trim();
  return line === undefined || line === '' ? undefined : line.slice(0, lineLimit).toWellFormed();
}

/** A name, or a group with `name` and `url`; an address in angle brackets or parentheses after a name is left out. */
function readAuthor(value: unknown): Facts['author'] {
  if (Array.isArray(value)) return readAuthor(value[0]);
  if (isData(value)) {
    const name = readLine(textAt(value, 'name'));
    const url = readSiteUrl(textAt(value, 'url', 'uri', 'website'));
    return name === undefined ? undefined : { name, ...(url !== undefined && { url }) };
  }
  const name = typeof value === 'string' ? readLine(value.replaceAll(/[<(][^<(]*[>)]/g, '')) : undefined;
  return name === undefined ? undefined : { name };
}

/** Facts in their proper form; what has none is left out. */
export function tidyFacts(raw: {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly author?: unknown;
  readonly language?: string | undefined;
  readonly timezone?: string | undefined;
}): Facts {
  const url = readSiteUrl(raw.url);
  const title = readLine(raw.title);
  const description = readLine(raw.description);
  const author = readAuthor(raw.author);
  const language = readLanguage(raw.language);
  const timezone = readTimezone(raw.timezone);
  return {
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(author !== undefined && { author }),
    ...(language !== undefined && { language }),
    ...(timezone !== undefined && { timezone }),
  };
}

/** The site's address with the folder it lives below, unless the address names one already. */
export function addBase(url: string | undefined, base: string): string | undefined {
  const tidy = readSiteUrl(url);
  if (tidy === undefined || new URL(tidy).pathname !== '/') return tidy;
  const path = joinPath(base);
  return path === '' ? tidy : `${tidy}/${path}`;
}

/** Whether a project's package.json names a package among what it depends on. */
export function dependsOn(view: SiteView, name: string): boolean {
  const project = readData(view, 'package.json');
  return ['dependencies', 'devDependencies'].some((group) => {
    const packages = valueAt(project, group);
    return isData(packages) && Object.hasOwn(packages, name);
  });
}
