import { BroadsideError } from '../../base/errors.ts';
import { defaultConfigPath } from '../../config/default-path.ts';
import { loadConfig } from '../../config/load.ts';
import { readLine, readSiteUrl, readTimezone } from '../../init/facts.ts';
import { isPackageName, readRepositoryWord } from '../../init/origin.ts';
import { joinPath } from '../../init/paths.ts';
import { markdownOptions } from '../../sources/markdown/options.ts';

/** The words of the command line that say something of the blog. */
interface Words {
  readonly url?: string | undefined;
  readonly title?: string | undefined;
  readonly posts?: string | undefined;
  readonly letters?: string | undefined;
  readonly canonical?: string | undefined;
  readonly built?: string | undefined;
  readonly timezone?: string | undefined;
  readonly repository?: string | undefined;
  readonly package?: string | undefined;
}

/** What the author has said of the blog already, in its proper form. */
export type Wishes = Omit<Words, 'repository' | 'package'>;

/** Reads what the command line says of the blog. Throws `USAGE`. */
export function readWishes(words: Words): Wishes {
  const { url, title, posts, canonical, built, timezone, repository } = words;
  const refuse = (option: string, value: string, what: string): never => {
    throw new BroadsideError('USAGE', `--${option} is ${JSON.stringify(value)}, which is ${what}.`, {
      remedy: 'See "broadside init --help".',
    });
  };
  const place = posts === undefined ? undefined : readFolder(posts);
  if (posts !== undefined && place === undefined) refuse('posts', posts, 'not inside the blog’s folder');
  const mailed = words.letters === undefined ? undefined : readFolder(words.letters);
  if (words.letters !== undefined && (mailed === undefined || mailed === '.'))
    refuse('letters', words.letters, 'not a folder inside the blog’s');
  const output = built === undefined ? undefined : readFolder(built);
  if (built !== undefined && output === undefined) refuse('built', built, 'not inside the blog’s folder');
  const address = readSiteUrl(url);
  if (url !== undefined && address === undefined) refuse('url', url, 'not an http or https address');
  if (canonical !== undefined && !isTemplate(canonical)) {
    refuse('canonical', canonical, 'not a path with {slug} or {id}, such as "/blog/{slug}/"');
  }
  if (timezone !== undefined && readTimezone(timezone) === undefined) {
    refuse('timezone', timezone, 'not an IANA name, such as "Europe/London"');
  }
  if (repository !== undefined && readRepositoryWord(repository) === undefined) {
    refuse(
      'repository',
      repository,
      'neither OWNER/REPO nor an address, with or without @ and a whole commit id',
    );
  }
  if (words.package !== undefined && !isPackageName(words.package)) {
    refuse(
      'package',
      words.package,
      'not the name of a package, such as "broadside" or "@example/broadside"',
    );
  }
  return {
    url: address,
    title: readLine(title),
    posts: place,
    letters: mailed,
    canonical,
    built: output,
    timezone,
  };
}

/** Whether a text can be the template of posts' addresses. */
export function isTemplate(text: string): boolean {
  return markdownOptions.safeParse({ kind: 'markdown', canonical: text }).success;
}

/** A folder below the blog's, in its shortest form. */
export function readFolder(text: string): string | undefined {
  const path = joinPath(text.replaceAll('\\', '/'));
  const leadsOut = path.startsWith('..') || /^(\/|\\|[a-z]:)/i.test(text) || /\p{Cc}/u.test(text);
  return leadsOut ? undefined : path === '' ? '.' : path;
}

/** What the config that is there says, as far as the other files need it. */
export interface Existing {
  readonly wishes?: Pick<Wishes, 'url' | 'timezone'>;
  /** The targets' names. */
  readonly targets?: readonly string[];
  /** The folder that the site is built into, where pages are looked at there. */
  readonly built?: string | undefined;
}

/** Reads the config that is there; a faulty one says nothing. */
export async function readExisting(root: string): Promise<Existing> {
  try {
    const { site, targets, sources } = await loadConfig(defaultConfigPath, root);
    return {
      built: sources.flatMap(({ pages }) => (typeof pages === 'object' ? [pages.from] : []))[0],
      wishes: { url: site.url, timezone: site.timezone },
      targets: targets.map(({ name }) => name),
    };
  } catch (error) {
    if (!(error instanceof BroadsideError)) throw error;
    return {};
  }
}
