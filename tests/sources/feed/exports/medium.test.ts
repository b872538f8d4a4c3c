import { expect, test } from 'vitest';
import { readFiles } from './read.ts';

const page = (given: {
  readonly title?: string;
  readonly body: string;
  readonly canonical?: string;
  readonly date?: string;
}): string => `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${given.title ?? 'Pruning'}</title><style>* { color: red }</style></head><body><article class="h-entry">
<header><h1 class="p-name">${given.title ?? 'Pruning'}</h1></header>
<section data-field="subtitle" class="p-summary">When to cut</section>
<section data-field="body" class="e-content">
<section name="a" class="section section--body section--first section--last"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner sectionLayout--insetColumn">${given.body}</div></div></section>
</section>
<footer><p>By <a href="https://medium.com/@rowan" class="p-author h-card">Rowan</a>${given.date === undefined ? '' : ` on <a href="https://medium.com/p/0123456789ab"><time class="dt-published" datetime="${given.date}">then</time></a>`}.</p>${given.canonical === undefined ? '' : `<p><a href="${given.canonical}" class="p-canonical">Canonical link</a></p>`}<p>Exported from <a href="https://medium.com">Medium</a> on December 1, 2026.</p></footer></article></body></html>`;

const title = '<h3 name="t" id="t" class="graf graf--h3 graf--leading graf--title">Pruning</h3>';
const subtitle = '<h4 name="s" id="s" class="graf graf--h4 graf-after--h3 graf--subtitle">When to cut</h4>';

test('a post has the address that Medium calls canonical, and its text without title, subtitle and layout', async () => {
  const { posts, flaws } = await readFiles({
    'README.html': '<html><body><p>Your archive</p></body></html>',
    'profile/profile.html': '<html><body><h1>Rowan</h1></body></html>',
    'posts/2026-02-04_Pruning-0123456789ab.html': page({
      date: '2026-02-04T09:05:00.000Z',
      canonical: 'https://medium.com/@rowan/pruning-in-spring-0123456789ab',
      body: `${title}${subtitle}<p name="p" class="graf graf--p">Cut <strong class="markup--strong">late</strong>.</p><pre data-code-block-mode="1" data-code-block-lang="python" class="graf graf--pre"><span class="pre--content">prune(<br>  tree)</span></pre><figure class="graf graf--figure graf--iframe"><iframe src="https://www.youtube.com/embed/abc?feature=oembed" width="7" height="3"></iframe></figure><div class="graf graf--mixtapeEmbed"><a href="https://plum.example/a" class="markup--anchor markup--mixtapeEmbed-anchor" title="https://plum.example/a"><strong class="markup--strong markup--mixtapeEmbed-strong">Plums</strong><br><em class="markup--em markup--mixtapeEmbed-em">On plums</em>plum.example</a><a href="https://plum.example/a" class="js-mixtapeImage mixtapeImage u-ignoreBlock" data-media-id="x"></a></div></div></div></section><section name="b" class="section section--body"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><div class="section-inner"><p class="graf graf--p">End.</p>`,
    }),
  });
  expect(posts).toMatchObject([
    {
      title: 'Pruning',
      slug: 'pruning-in-spring',
      original: 'https://medium.com/@rowan/pruning-in-spring-0123456789ab',
      publishAt: '2026-02-04T09:05:00Z',
      summary: 'When to cut',
      authors: [{ name: 'Rowan', url: 'https://medium.com/@rowan' }],
      body: 'Cut **late**.\n\n```python\nprune(\n  tree)\n```\n\n<https://www.youtube.com/watch?v=abc>\n\n[Plums](https://plum.example/a)\n\n***\n\nEnd.',
    },
  ]);
  expect(flaws).toEqual([]);
});

test('a draft is one, and a response is no post', async () => {
  const { posts, flaws } = await readFiles({
    'draft_Plums-0123456789ab.html': page({
      title: 'Plums',
      body: '<h3 class="graf graf--title">Plums</h3><p class="graf">Soon.</p>',
    }),
    '2026-02-04_I-agree-0123456789ac.html': page({
      title: 'I agree with this one…',
      date: '2026-02-04T09:05:00.000Z',
      canonical: 'https://medium.com/@rowan/i-agree-0123456789ac',
      body: '<p class="graf graf--p graf--leading">I agree with this one, mostly.</p>',
    }),
  });
  expect(posts).toMatchObject([{ title: 'Plums', slug: 'plums', draft: true, body: 'Soon.', flaws: [] }]);
  expect(posts[0]?.original).toBeUndefined();
  expect(flaws).toEqual([
    'import-left-out: The export also holds things that are not posts. They were left out: 1 response.',
  ]);
});

test('code of the old editor, a block for each paragraph, is one block', async () => {
  const { posts } = await readFiles({
    'a.html': page({
      date: '2016-02-04T09:05:00.000Z',
      body: `${title}<pre class="graf graf--pre graf-after--h3">a()</pre><pre class="graf graf--pre graf-after--pre">b()</pre><p class="graf">End.</p>`,
    }),
  });
  expect(posts[0]?.body).toBe('```\na()\n\nb()\n```\n\nEnd.');
});
