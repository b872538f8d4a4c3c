import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeDocument } from '../../views/document.ts';
import { postStyle } from '../../views/linkedin/post-style.ts';
import { showPost, type ShownCard } from '../../views/linkedin/show-post.ts';
import type { Reply } from '../exchange.ts';
import { replyDocument, replyPage } from '../page.ts';
import { readImageType, type Card, type HeldPost, type State } from './post.ts';

/** The page or the picture at a path. */
export function showPage(path: string, folder: string, { posts, images }: State): Reply {
  const image = images.find((it) => it.uploaded && `/images/${it.file}` === path);
  if (image !== undefined) {
    const bytes = readFileSync(join(folder, image.file));
    return { status: 200, headers: { 'content-type': readImageType(bytes) ?? 'text/plain' }, body: bytes };
  }
  if (path === '/') return replyPosts(posts.toReversed());
  const urn = /^\/feed\/update\/([^/]+)\/?$/.exec(path)?.[1];
  const post = posts.find((it) => it.urn === urn?.replaceAll(/%3a/gi, ':'));
  if (post === undefined) {
    return replyPage({
      title: 'Not found',
      body: '<h1>Not found</h1>\n<p><a href="/">All posts</a></p>',
      status: 404,
    });
  }
  return replyPosts([post]);
}

function replyPosts(posts: readonly HeldPost[]): Reply {
  const shown = posts.map((post) => showOne(post));
  const above = '<p style="max-width: 552px; margin: 8px auto"><a href="/" target="_self">All posts</a></p>';
  return replyDocument(
    writeDocument({
      title: 'LinkedIn stand-in',
      lang: 'en',
      style: postStyle,
      body: `${above}\n${shown.join('\n') || '<p>No post yet.</p>'}`,
    }),
  );
}

function showOne({ urn, visibility, commentary, sent, card }: HeldPost): string {
  const isCut = commentary.length < sent.length;
  return showPost({
    id: urn,
    author: 'You',
    below: visibility.toLowerCase(),
    commentary,
    ...(card !== null && { card: readCard(card) }),
    ...(isCut && { notice: 'LinkedIn cut the text here: a reserved character was not escaped.' }),
    text: 'folded',
  });
}

function readCard({ source, title, description, thumbnail }: Card): ShownCard {
  return {
    source,
    title,
    ...(description !== '' && { description }),
    ...(thumbnail !== null && { picture: { url: `/images/${thumbnail}`, alt: '' } }),
  };
}
