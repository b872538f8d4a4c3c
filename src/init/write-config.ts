import { quoteYaml } from '../base/quote-yaml.ts';
import type { FeedPaths, Starter } from '../model/starter.ts';
import type { Syntax } from './define.ts';
import type { Origin } from './origin.ts';
import { writeLetterSource, type LetterAnswer } from './write-letters.ts';
import { writeTarget, type BegunTarget } from './write-target.ts';

/** A folder of posts, and where they are on the site. */
export interface SourceAnswer {
  /** The posts' folder. */
  readonly posts: string;
  /** The template of their addresses. */
  readonly canonical: string;
  /** The addresses that the template does not make, by the post's file. */
  readonly addresses: Readonly<Record<string, string>>;
  /** The language of the posts, where that is another than the site's. */
  readonly lang?: string | undefined;
  /** How the posts are read, where that is not how others are. */
  readonly syntax?: Syntax | undefined;
  /** Where the pages of its posts are looked at: in the folder that the site is built into, or on the site. */
  readonly pages?: { readonly from: string } | 'live' | undefined;
}

/** A target of posts that the config begins with. */
export interface TargetAnswer extends BegunTarget, Pick<Starter, 'place'> {
  /** Whether only posts that name it go there. */
  readonly optIn: boolean;
  /** The names of the secrets without which it cannot work. */
  readonly secrets: readonly string[];
}

/** Everything the config is made of: found, asked or by default. */
export interface Answers {
  /** The generator's name, as people write it. */
  readonly generator: string;
  /** The program's version. */
  readonly version: string;
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly author: { readonly name: string; readonly url?: string };
  readonly language: string;
  readonly timezone: string;
  readonly sources: readonly SourceAnswer[];
  /** Further folders with dated files in them, which the config names without taking them. */
  readonly others: readonly SourceAnswer[];
  readonly targets: readonly TargetAnswer[];
  readonly feeds: FeedPaths;
  /** Where editors find the schema of the config; absent where it is at no address that they can read. */
  readonly schema?: string | undefined;
  readonly letters?: LetterAnswer | undefined;
}

/** Where the schema of the config is that the program from an origin reads: beside the program itself. */
export function placeSchema(origin: Origin | undefined): string | undefined {
  if (origin?.kind === 'release')
    return `https://unpkg.com/${origin.name}@${origin.version}/config/schema.json`;
  const [, name] = /^https:\/\/github\.com\/(.+)$/.exec(origin?.repository ?? '') ?? [];
  return name === undefined || origin === undefined
    ? undefined
    : `https://raw.githubusercontent.com/${name}/${origin.commit}/config/schema.json`;
}

/** The text of config/broadside.yaml. */
export function writeConfig(answers: Answers): string {
  const { url, title, description, author, language, timezone, sources, others, targets, letters, schema } =
    answers;
  const authorUrl = author.url === undefined ? '' : `, url: ${quoteYaml(author.url)}`;
  const origin =
    answers.generator === 'plain' ? 'a folder of posts' : `a site made with ${answers.generator}`;
  return `${schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`}# Written by "broadside init" for ${origin}. It is yours to change${schema === undefined ? '.' : '; editors complete the options.'}
version: 1
site:
  url: ${quoteYaml(url)}
  title: ${quoteYaml(title)}
  description: ${quoteYaml(description)}
  author: { name: ${quoteYaml(author.name)}${authorUrl} }
  language: ${quoteYaml(language)}
  # Dates without a zone, and the schedules below, are in this zone.
  timezone: ${quoteYaml(timezone)}
sources:
  # Where the originals are: the folder, and the address that each post's page has on the site. A post with another address
  # gives it in its front matter: canonical_url, or a path in permalink or url.
${sources.map(writeSource).join('')}${letters === undefined ? '' : writeLetterSource(letters)}${writeOthers(others)}targets:
${[...targets, ...(letters === undefined ? [] : [letters.target])].map(writeTarget).join('')}`;
}

function writeSource({ posts, canonical, lang, syntax, addresses, pages }: SourceAnswer): string {
  const read = Object.entries(syntax ?? {}).flatMap(([name, isOn]) =>
    isOn === true ? [`${name}: true`] : [],
  );
  const exceptions = Object.entries(addresses);
  return [
    '  - kind: markdown',
    `    path: ${quoteYaml(posts)}`,
    `    canonical: ${quoteYaml(canonical)}`,
    ...(lang === undefined ? [] : [`    lang: ${quoteYaml(lang)}`]),
    ...(read.length === 0 ? [] : [`    syntax: { ${read.join(', ')} }`]),
    ...(pages === undefined
      ? []
      : [
          '    # What only the site can show is taken from the posts’ pages there.',
          `    pages: ${pages === 'live' ? 'live' : `{ from: ${quoteYaml(pages.from)} }`}`,
        ]),
    ...(exceptions.length > 0 ? ['    # The posts that the template is wrong for.', '    addresses:'] : []),
    ...exceptions.map(([path, address]) => `      ${quoteYaml(path)}: ${quoteYaml(address)}`),
    '',
  ].join('\n');
}

/** Sources to be taken by whoever wants them: a comment. */
function writeOthers(others: readonly SourceAnswer[]): string {
  if (others.length === 0) return '';
  const lines = others.flatMap((source) => writeSource(source).trimEnd().split('\n'));
  return [
    '  # There are dated files in these folders too. Take the first "#" of each line out to send copies of them as well.',
    ...lines.map((line) => `  #${line.slice(1)}`),
    '',
  ].join('\n');
}
