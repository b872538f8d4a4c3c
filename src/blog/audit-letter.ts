import type { Diagnostic, Place, RuleId, Severity } from '../model/diagnostic.ts';
import type { Letter } from '../model/letter.ts';
import type { Content } from '../model/source.ts';
import { listAddresses, type Address } from '../transform/list-addresses.ts';
import { findUnknown } from './find-unknown.ts';
import { findUnsetMath } from './find-unset-math.ts';

/** Services that shorten addresses, whose links hide where they lead. */
const shorteners: ReadonlySet<string> = new Set(
  'bit.ly buff.ly cutt.ly dlvr.it goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly tiny.cc tinyurl.com v.gd'.split(
    ' ',
  ),
);

/** How many links may go through one such service. */
const shortenedLimit = 2;

type Told = readonly [severity: Severity, rule: RuleId, place: Place, message: string, remedy: string];

/**
 * What is wrong with a letter wherever it is mailed from: addresses that mean nothing in a mail, those without https, many that
 * were shortened, a missing preview, and what only the author's site can show.
 */
export function auditLetter(
  letter: Letter,
  { tree, path = letter.origin.path }: Pick<Content, 'tree' | 'path'>,
): readonly Diagnostic[] {
  const addresses = listAddresses(tree);
  // The files that a post names are put in their places when its body is read.
  const relative = letter.canonicalUrl === undefined ? addresses.filter(isRelative) : [];
  const told: readonly Told[] = [
    ...relative.map(({ place, url, isPicture }): Told => [
      'error',
      'letter-address-relative',
      place,
      `The ${isPicture ? 'picture' : 'link'} ${url} is relative, so it leads nowhere from a mail.`,
      'Write the whole address, or a path from the site’s root.',
    ]),
    ...addresses
      .filter(({ url }) => /^http:/i.test(url))
      .map(({ place, url, isPicture }): Told => [
        'warning',
        'letter-address-insecure',
        place,
        isPicture
          ? `Mail programs may not load the picture ${url}, which has no https.`
          : `Mail programs may warn of the link ${url}, which has no https.`,
        'Write https.',
      ]),
    ...tellShortened(addresses),
  ];
  return [
    ...told.map(([severity, rule, place, message, remedy]) => ({
      rule,
      severity,
      message,
      remedy,
      file: path,
      ...place,
      postId: letter.id,
    })),
    ...[...findUnknown(tree), ...findUnsetMath(tree)].map((fault) => ({
      ...fault,
      file: path,
      postId: letter.id,
    })),
  ];
}

/** Neither whole, nor a path from the site's root, nor a place in the letter itself. */
function isRelative({ url }: Address): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|\/|#|\{)/i.test(url);
}

function tellShortened(addresses: readonly Address[]): readonly Told[] {
  const hosts = Map.groupBy(
    addresses.filter(({ role }) => role === 'link'),
    ({ url }) => URL.parse(url)?.host.replace(/^www\./, '') ?? '',
  );
  return [...hosts].flatMap(([host, own]): readonly Told[] => {
    const [first] = own;
    if (!shorteners.has(host) || own.length <= shortenedLimit || first === undefined) return [];
    return [
      [
        'warning',
        'letter-links-shortened',
        first.place,
        `${own.length} links go through ${host}, which hides where they lead; filters take that for a sign of spam.`,
        'Write the addresses that they lead to.',
      ],
    ];
  });
}
