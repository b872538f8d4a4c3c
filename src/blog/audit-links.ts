import type { Root } from 'mdast';
import { decodePercent } from '../base/decode-percent.ts';
import type { Diagnostic, Severity } from '../model/diagnostic.ts';
import { undated, type Post } from '../model/post.ts';
import type { Site } from '../model/site.ts';
import type { Content } from '../model/source.ts';
import { findLinkEnd, type LinkEnd, type LinkStart } from '../transform/find-linked-post.ts';
import { formatInstant } from '../base/format-instant.ts';
import { hasAnchor } from './list-anchors.ts';
import { listAddresses, type Address } from '../transform/list-addresses.ts';

/** The other posts into whose text a post's links lead: their bodies are needed to look for the named places. */
export function listSectionsLinked(post: Post, content: Content, site: Site): readonly Post[] {
  const linked = listAddresses(content.tree)
    .filter(({ url, role }) => role === 'link' && url.includes('#') && !url.startsWith('#'))
    .map(({ url }) => findLinkEnd(url, startOf(post, content), site))
    .flatMap((end) =>
      end.kind === 'post' && end.fragment !== '' && end.post.id !== post.id ? [end.post] : [],
    );
  return [...new Set(linked)];
}

/**
 * What is wrong with a body's links to the site's posts and with the files it names. `bodies` are those of the posts that its links
 * lead into, by id, as far as they could be read. In a draft, none of it is an error.
 */
export function auditLinks(
  post: Post,
  content: Content,
  site: Site,
  bodies: ReadonlyMap<string, Root>,
): readonly Diagnostic[] {
  const from = startOf(post, content);
  return listAddresses(content.tree).flatMap((address) => {
    const fault =
      findFileFault(address, content) ??
      (address.role === 'link' ? findLinkFault(address, post, content, site, bodies) : undefined);
    if (fault === undefined) return [];
    const severity: Severity = post.draft ? 'warning' : fault.severity;
    return [{ ...fault, severity, file: from.path, ...address.place, postId: post.id }];
  });
}

type AddressFault = Pick<Diagnostic, 'rule' | 'severity' | 'message' | 'remedy'>;

function startOf(post: Post, content: Content): LinkStart {
  return { post, path: content.path ?? post.origin.path };
}

/** Only a file beside the post is known to be missing: a path from `/` may be served from elsewhere. */
function findFileFault({ url, isPicture }: Address, { files, lost }: Content): AddressFault | undefined {
  const path = decodePercent(url.replace(/[?#].*$/s, ''));
  if (files?.[url] === false) {
    return {
      rule: 'post-file-renamed',
      severity: 'error',
      message: `Your site's build serves ${path} under another name, which nothing here tells; readers elsewhere would see a broken picture.`,
      remedy:
        'Set `pages` of the source, so that the address is taken from the built page; or put the picture into a folder that is served as it is, such as `public` or `static`.',
    };
  }
  if (isPicture && lost?.includes(url) === true) {
    return {
      rule: 'post-file-renamed',
      severity: 'warning',
      message: `The built site has no file for ${path}, and the page of the post does not show one picture of that name; readers elsewhere would see a broken picture.`,
      remedy: 'Build the site anew, correct the path, or put the picture where the build copies it as it is.',
    };
  }
  if (files?.[url] !== null) return undefined;
  const fault = {
    rule: 'post-file-missing',
    severity: isPicture && !path.startsWith('/') ? 'error' : 'warning',
  } as const;
  return path.startsWith('/')
    ? {
        ...fault,
        message: `There is no file ${path} in the site's static folders; readers would see ${isPicture ? 'a broken picture' : 'an error page'}.`,
        remedy: 'Correct the path, or name the folder that holds it as `static` of the source in the config.',
      }
    : {
        ...fault,
        message: `There is no file ${path} beside the post; readers would see ${isPicture ? 'a broken picture' : 'an error page'}.`,
        remedy: 'Add the file, or correct the path.',
      };
}

function findLinkFault(
  { url, fromPage }: Address,
  post: Post,
  content: Content,
  site: Site,
  bodies: ReadonlyMap<string, Root>,
): AddressFault | undefined {
  const { tree, files } = content;
  if (url.startsWith('#')) return findFragmentFault(url.slice(1), post, tree, true);
  const end = findLinkEnd(url, startOf(post, content), site);
  if (end.kind === 'missing') return typeof files?.[url] === 'string' ? undefined : describeMissing(end);
  if (end.kind === 'unknown') {
    return {
      rule: 'post-link-unknown',
      severity: 'warning',
      message: `The link leads to ${end.url}, where posts are on this site, but no post is there; readers would see an error page.`,
      remedy: 'Correct the link; if there is a page that is not a post, silence this rule for the post.',
    };
  }
  if (end.kind !== 'post') return undefined;
  const { post: linked, fragment } = end;
  if (fromPage === true) return undefined;
  if (linked.id === post.id) return findFragmentFault(fragment, post, tree, true);
  if (linked.draft) {
    return {
      rule: 'post-link-draft',
      severity: 'error',
      message: `The link leads to ${linked.origin.path}, which is a draft; readers would see an error page.`,
      remedy: 'Publish that post first, or take the link out.',
    };
  }
  const isAwaited = site.awaited?.has(linked.id) === true;
  if (isAwaited && linked.expiresAt !== undefined) {
    return {
      rule: 'post-link-scheduled',
      severity: 'warning',
      message: `The link leads to ${linked.origin.path}, which is on the site from ${formatInstant(linked.publishAt, site.timezone)} to ${formatInstant(linked.expiresAt, site.timezone)} only; at any other time readers see an error page.`,
      remedy: 'Take the link out, or the expiry date of that post.',
    };
  }
  if (isAwaited && linked.publishAt > post.publishAt) {
    return {
      rule: 'post-link-scheduled',
      severity: 'warning',
      message: `The link leads to ${linked.origin.path}, which ${linked.publishAt === undated ? 'has no date yet; until it is out,' : `comes out at ${formatInstant(linked.publishAt, site.timezone)}; until then`} readers see an error page.`,
      remedy: 'Bring that post out first, or add the link once it is out.',
    };
  }
  const body = bodies.get(linked.id);
  return body && findFragmentFault(fragment, linked, body, false);
}

function describeMissing({
  name,
  isReference,
  isWiki,
}: Extract<LinkEnd, { readonly kind: 'missing' }>): AddressFault {
  if (isWiki === true) {
    return {
      rule: 'post-link-missing',
      severity: 'warning',
      message: `No post is called "${name}", so readers see the words of [[${name}]] without a link.`,
      remedy: 'Name the file of a post that is there; put it in a code span if it is not a link.',
    };
  }
  return {
    rule: 'post-link-missing',
    severity: 'error',
    message: isReference
      ? `No post is called "${name}", so the link leads nowhere.`
      : `The link leads to the file ${name}, and no post is read from it; readers would see an error page.`,
    remedy: 'Name the file of a post that is there, or link to the address of the page.',
  };
}

function findFragmentFault(
  fragment: string,
  post: Post,
  tree: Root,
  isOwn: boolean,
): AddressFault | undefined {
  if (fragment === '' || hasAnchor(tree, post.title, fragment)) return undefined;
  return {
    rule: 'post-link-fragment',
    severity: 'warning',
    message: `The link leads to "#${fragment}", but ${isOwn ? 'the post' : post.origin.path} has no heading or element of that name; readers would get to the top of the page.`,
    remedy: 'Write the name of a heading that is there, or link to the whole post.',
  };
}
