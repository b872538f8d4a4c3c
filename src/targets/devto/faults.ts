import type { Root } from 'mdast';
import { listWords } from '../../base/list-words.ts';
import type { Place } from '../../model/diagnostic.ts';
import type { Cover, Post } from '../../model/post.ts';
import type { Content } from '../../model/source.ts';
import { listDataImages } from '../../transform/data-images.ts';
import { listOtherSchemes } from '../../transform/list-schemes.ts';
import { listPlainCode } from './printer/list.ts';
import { nameLostElements } from './printer/raw-html.ts';
import { readMedia } from '../../reading/html/read-media.ts';
import { readTags } from '../../reading/html/read-tags.ts';
import { walk } from '../../reading/walk.ts';
import type { Fault } from '../../transform/report-faults.ts';
import type { Shown } from '../shown.ts';
import {
  bodyLimit,
  diagramLimit,
  linkSchemes,
  tagCountLimit,
  tagLengthLimit,
  titleCharacterLost,
  titleLimit,
} from './limits.ts';
import type { ChosenTags } from './tags.ts';

/** What becomes of a post as an article. */
interface Article extends Pick<Shown, 'title' | 'cover'> {
  readonly tags: ChosenTags;
  /** The body as it would be sent; undefined if it is certainly short enough. */
  readonly body: string | undefined;
}

/** What dev.to would refuse or not show of a post; `name` is the target's in the config. */
export function findDevtoFaults(
  post: Post,
  { tree }: Content,
  { title, cover, tags, body }: Article,
  name: string,
): readonly Fault[] {
  return [
    ...findTitleFaults(title),
    ...findTagFaults(tags, name),
    ...findCanonicalFaults(post),
    ...findCoverFaults(cover),
    ...findBodyFaults(tree),
    ...findSchemeFaults(tree),
    ...(body === undefined ? [] : findSizeFaults(body)),
  ];
}

function findTitleFaults(title: string): readonly Fault[] {
  const faults: Fault[] = [];
  const length = countCharacters(title);
  if (length > titleLimit) {
    faults.push({
      rule: 'devto-title-length',
      severity: 'error',
      at: 'title',
      message: `The title is ${length} characters long; dev.to takes ${titleLimit}.`,
      remedy: 'Give a shorter title under syndicate for this target.',
    });
  }
  const lost = titleCharacterLost.exec(title)?.[0];
  if (lost !== undefined) {
    faults.push({
      rule: 'devto-title-characters',
      severity: 'warning',
      at: 'title',
      message: `dev.to shows a space in the title where ${nameCharacter(lost)} stands.`,
      remedy: 'Give a title without it under syndicate for this target.',
    });
  }
  return faults;
}

/** Counts as Ruby does: an astral character is one. */
function countCharacters(text: string): number {
  return Array.from(text).length;
}

function nameCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /\p{S}/u.test(character) ? `${character} (U+${code})` : `an invisible character (U+${code})`;
}

function findTagFaults({ shown, renamed, over, lost }: ChosenTags, name: string): readonly Fault[] {
  const about = { severity: 'warning', at: 'tags', once: true } as const;
  const option = (tag: string, value: string): string =>
    `targets.${name}.tags: { ${quoteKey(tag)}: ${value} }`;
  if (shown.length === 0 && lost.length === 0) {
    return [
      {
        rule: 'devto-tags-missing',
        severity: 'warning',
        at: 'tags',
        message: 'The post has no tags, and dev.to shows an article to those who follow its tags.',
        remedy: `Add one to ${tagCountLimit} tags.`,
      },
    ];
  }
  return [
    ...renamed.map((tag) => ({
      ...about,
      rule: 'devto-tag-characters' as const,
      message: `The tag "${tag.written}" is "${tag.shown}" on dev.to, which takes letters and digits only.`,
      remedy: `If it goes by another name there, say so as in ${option(tag.written, tag.shown)}.`,
    })),
    ...lost.map((tag) => ({
      ...about,
      rule: 'devto-tag-length' as const,
      message: `The tag "${tag}" is left out: dev.to takes tags of one to ${tagLengthLimit} letters and digits.`,
      remedy: `Say which tag it is on dev.to, or that it is none there, as in ${option(tag, 'false')}.`,
    })),
    ...over.map((tag) => ({
      ...about,
      rule: 'devto-tag-count' as const,
      message: `The tag "${tag}" is left out where it comes after ${tagCountLimit} others, since dev.to takes ${tagCountLimit}.`,
      remedy: `Leave it if that will do; else choose ${tagCountLimit} under syndicate, or leave others out as in ${option(tag, 'false')}.`,
    })),
  ];
}

function quoteKey(tag: string): string {
  return /^[\p{L}\d_]+$/u.test(tag) ? tag : JSON.stringify(tag);
}

/** dev.to takes a canonical URL only with a host that anyone can reach. */
function findCanonicalFaults({ canonicalUrl }: Post): readonly Fault[] {
  if (URL.canParse(canonicalUrl) && !/\s/.test(canonicalUrl)) {
    const { protocol, hostname } = new URL(canonicalUrl);
    if (/^https?:$/.test(protocol) && !isPrivateHost(hostname)) return [];
  }
  return [
    {
      rule: 'devto-canonical-url',
      severity: 'error',
      at: 'canonical_url',
      message: `dev.to refuses ${canonicalUrl} as the original's address: it is not on the public web.`,
      remedy: 'Set site.url, or canonical_url in the post, to the address that readers use.',
    },
  ];
}

function isPrivateHost(hostname: string): boolean {
  return (
    !hostname.includes('.') ||
    /\.(?:local|localhost|internal|test)$/.test(hostname) ||
    /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname)
  );
}

function findCoverFaults(cover: Cover | undefined): readonly Fault[] {
  if (cover === undefined) return [];
  const isWeb = URL.canParse(cover.url) && /^https?:$/.test(new URL(cover.url).protocol);
  if (isWeb) return [];
  const start = cover.url.length > 60 ? `${cover.url.slice(0, 60)}…` : cover.url;
  return [
    {
      rule: 'devto-cover-url',
      severity: 'error',
      at: 'cover',
      message: `dev.to refuses ${start} as a cover: it is not an http or https address.`,
      remedy: 'Put the picture on the site and give its address.',
    },
  ];
}

const top: Place = { line: 1, column: 1 };

function findBodyFaults(tree: Root): readonly Fault[] {
  const faults: Fault[] = listPlainCode(tree).map((code) => ({
    rule: 'devto-code-plain',
    severity: 'warning',
    at: code.position?.start ?? top,
    message:
      'dev.to has no fence that can hold this code where it stands; readers see it without highlighting.',
    remedy:
      'Leave it if that will do; else take it out of the inner list or footnote, or show fences and Liquid in pieces.',
  }));
  walk(tree, (node) => {
    if (node.type !== 'code' || node.lang?.toLowerCase() !== 'mermaid') return;
    const { value, position } = node;
    const bytes = countBytes(value);
    const lines = value.split('\n').length;
    if (bytes <= diagramLimit.bytes && lines <= diagramLimit.lines) return;
    faults.push({
      rule: 'devto-diagram-size',
      severity: 'warning',
      at: position?.start ?? top,
      message: `This diagram has ${lines} lines and ${bytes} bytes; dev.to draws up to ${diagramLimit.lines} and ${diagramLimit.bytes}, and shows the source of a larger one.`,
      remedy: 'Make two diagrams of it, or show a picture of it.',
    });
  });
  for (const { position } of listDataImages(tree)) {
    faults.push({
      rule: 'devto-image-data',
      severity: 'error',
      at: position?.start ?? top,
      message: 'This image is a data: address, which dev.to refuses or shows as broken.',
      remedy: 'Put the picture on the site and give its address.',
    });
  }
  walk(tree, (node) => {
    if (node.type !== 'html') return;
    const { value, position } = node;
    if (isFromRightToLeft(value)) {
      faults.push({
        rule: 'devto-direction',
        severity: 'warning',
        at: position?.start ?? top,
        message: 'dev.to takes dir="rtl" away, so it shows these words from left to right.',
        remedy:
          'Leave it if that will do: words keep their order, and signs and numbers at their ends may move.',
      });
    }
    const lost = nameLostElements(value);
    if (lost.length === 0 || readMedia(value)?.kind === 'audio') return;
    faults.push({
      rule: 'devto-html-lost',
      severity: 'warning',
      at: position?.start ?? top,
      message: `dev.to does not show ${listWords(
        lost.map((name) => `<${name}>`),
        'and',
      )}; readers there miss what is in it.`,
      remedy: 'Say the same in text, an image or a link, beside it or instead.',
    });
  });
  return faults;
}

function isFromRightToLeft(html: string): boolean {
  return readTags(html).some(({ attributes }) =>
    attributes.some(({ name, value }) => name === 'dir' && value.toLowerCase() === 'rtl'),
  );
}

function findSchemeFaults(tree: Root): readonly Fault[] {
  return listOtherSchemes(tree, linkSchemes).map(({ scheme, place }) => ({
    rule: 'devto-link-scheme',
    severity: 'warning',
    at: place,
    message: `dev.to takes the address from a link of "${scheme}:"; readers there see its words alone.`,
    remedy: 'Leave it if that will do; else show the address in a code span beside it.',
  }));
}

function countBytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

function findSizeFaults(body: string): readonly Fault[] {
  const length = countBytes(body);
  if (length <= bodyLimit) return [];
  return [
    {
      rule: 'devto-body-size',
      severity: 'error',
      at: 'title',
      message: `The article would be ${length} bytes; dev.to takes ${bodyLimit}.`,
      remedy: 'Shorten it or make a series of it, or set syndicate to false for this target.',
    },
  ];
}
