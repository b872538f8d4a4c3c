import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../../base/escape-html.ts';
import { escapeUrl, replyPage } from '../page.ts';
import type { Reply } from '../exchange.ts';
import { showLittleText } from './little-text.ts';
import { readImageType, type Card, type Post, type State } from './post.ts';

/** The page or the picture at a path. */
export function showPage(path: string, folder: string, { posts, images }: State): Reply {
  const image = images.find((it) => it.uploaded && `/images/${it.file}` === path);
  if (image !== undefined) {
    const bytes = readFileSync(join(folder, image.file));
    return { status: 200, headers: { 'content-type': readImageType(bytes) ?? 'text/plain' }, body: bytes };
  }
  if (path === '/') return showFeed(posts);
  const urn = /^\/feed\/update\/([^/]+)\/?$/.exec(path)?.[1];
  const post = posts.find((it) => it.urn === urn?.replaceAll(/%3a/gi, ':'));
  if (post === undefined) {
    return replyPage({
      title: 'Not found',
      body: '<h1>Not found</h1>\n<p><a href="/">All posts</a></p>',
      status: 404,
    });
  }
  return replyPage({
    title: 'Post',
    body: `<p class="quiet"><a href="/">All posts</a></p>\n${showPost(post)}`,
  });
}

function showFeed(posts: readonly Post[]): Reply {
  const shown = posts
    .toReversed()
    .map(
      (post) =>
        `${showPost(post)}\n<p class="quiet"><a href="/feed/update/${post.urn}/">This post alone</a></p>`,
    );
  return replyPage({
    title: 'LinkedIn stand-in',
    body: `<h1>LinkedIn stand-in</h1>\n${shown.join('\n') || '<p>No post yet.</p>'}`,
  });
}

function showPost(post: Post): string {
  const { card } = post;
  const cut = post.commentary.length < post.sent.length;
  return [
    '<article>',
    `<p class="quiet">${escapeHtml(post.author)}, ${escapeHtml(post.visibility)}</p>`,
    `<p class="text">${showLittleText(post.commentary)}</p>`,
    cut ? '<p class="card">LinkedIn cut the text here: a reserved character was not escaped.</p>' : '',
    card === null ? '' : showCard(card),
    '</article>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function showCard(card: Card): string {
  const host = URL.canParse(card.source) ? new URL(card.source).host : card.source;
  const picture = card.thumbnail === null ? '' : `<img src="/images/${card.thumbnail}" alt="">`;
  return `<div class="card">${picture}<p><a href="${escapeUrl(card.source)}"><strong>${escapeHtml(card.title)}</strong></a><br>
<span class="quiet">${escapeHtml(host)}</span></p><p class="quiet">${escapeHtml(card.description)}</p></div>`;
}
