import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { toString } from 'mdast-util-to-string';
import { describe, expect, test } from 'vitest';
import { markdown } from '../../src/sources/markdown/index.ts';
import { markdownOptions } from '../../src/sources/markdown/options.ts';
import { listExpressions } from '../../src/reading/dialects/value-expressions.ts';
import { openSiteFiles } from '../../src/reading/site-files/find-values.ts';
import { walk } from '../../src/reading/walk.ts';
import { measureCpu } from '../measure-cpu.ts';
import { openFolder, writeFiles } from '../workspace.ts';

const signal = new AbortController().signal;

const matter = 'title: A kite\ndate: 2026-03-04\nwood: ash\nsize: 1.50\ndeep: { inner: a *light* frame }';

/** Opens the one post of a blog, with what else its repository has. */
function openPost(
  body: string,
  more: Readonly<Record<string, string>>,
  { file = 'posts/kite.md', path = 'posts', syntax = {} } = {},
) {
  const root = openFolder();
  writeFiles(root, { ...more, [file]: `---\n${matter}\n---\n\n${body}\n` });
  const site = { root, url: 'https://example.com', timezone: 'UTC', language: 'en', author: { name: 'A' } };
  const open = () =>
    markdown.create('posts', markdownOptions.parse({ kind: 'markdown', path, syntax }), site);
  return { root, open };
}

async function readPost(...given: Parameters<typeof openPost>) {
  const source = openPost(...given).open();
  const [post] = (await source.load(signal)).posts;
  if (post === undefined) throw new Error('no post');
  const content = await source.read(post, signal);
  expect(source.digest(post).digest).toBe(content.digest);
  const urls: string[] = [];
  walk(content.tree, (node) => {
    if (node.type === 'link' || node.type === 'image') urls.push(node.url);
  });
  return { content, urls, text: toString({ type: 'root', children: content.tree.children.slice(1) }) };
}

const jekyll = {
  '_config.yml':
    'title: Kites and wind\nlogo: /img/logo.svg\nrepo: https://git.example/kites\nyear: 2.0\nversion: "1.10"\nlist: [a]\n',
  '_data/shop.yml': 'phone: 555 0100\nnested: { name: Inner, size: "2.50" }\n',
  '_data/team/lead.json': '{"name": "Lead example"}',
};

describe('values that Jekyll fills in', () => {
  test.each([
    ['Welcome to {{ site.title }}.', 'Welcome to Kites and wind.'],
    ['Call {{site.data.shop.phone}} or {{ site.data.shop["nested"].name }}.', 'Call 555 0100 or Inner.'],
    ['By {{- site.data.team.lead.name -}}.', 'By Lead example.'],
    ['Of {{ page.wood | upcase }}: {{ page.title }}.', 'Of ASH: A kite.'],
    ['`{{ site.title }}`', 'Kites and wind'],
    ['```\ncurl {{ site.repo }}\n```', 'curl https://git.example/kites'],
    ['Get {{ site.version }} of {{ site.data.shop.nested.size }}.', 'Get 1.10 of 2.50.'],
    ['{% raw %}{{ site.title }}{% endraw %} is {{ site.title }}', '{{ site.title }} is Kites and wind'],
    [
      '{% assign wind = "a *soft* breeze" %}\nIn {{ wind }} and {{wind}}.',
      'In a soft breeze and a soft breeze.',
    ],
    ["In {%- assign wind = 'storm' -%} a {{ wind }}.", 'In  a storm.'],
    ['{% assign lines = 2 %}{% assign both = lines %}{{ both }} lines', '2 lines'],
    ['{% assign of = page.wood | upcase %}{{ of }} and {{ of | downcase }}', 'ASH and ash'],
    ['{% assign from = site.title %}\n| {{ from }} |\n| - |\n| {{from}} |', 'Kites and windKites and wind'],
    ['{% assign path = "kite" | append: ".md" %}`{{ path }}`', 'kite.md'],
    ['In {% comment %}{% assign wind = "a storm" %}{% endcomment %}{{ wind }}.', 'In {{ wind }}.'],
  ])('%s', async (body, shown) => {
    const { text } = await readPost(body, jekyll);
    expect(text).toBe(shown);
  });

  test.each([
    ['before it is given', '{{ wind }}\n\n{% assign wind = "storm" %}'],
    ['given twice', '{% assign wind = "a" %}\n{% assign wind = "b" %}\n\n{{ wind }}'],
    ['used by a tag', '{% assign wind = "a" %}\n\n{{ wind }} {% include x.html of=wind %}'],
    ['used with a filter', '{% assign wind = "a" %}\n\n{{ wind | size }}'],
    ['no plain text', '{% assign wind = site.list | first %}\n\n{{ wind }}'],
    ['given a value under a condition', '{% if page.wood %}{% assign wind = "a" %}{% endif %}\n\n{{ wind }}'],
    [
      'given a value that changes',
      '{% assign a = "1" %}{% if page.wood %}{% assign a = "2" %}{% endif %}{% assign wind = a %}\n\n{{ wind }}',
    ],
    [
      'given what is captured',
      '{% assign a = "1" %}{% capture a %}2{% endcapture %}{% assign wind = a %}{{ wind }}',
    ],
    ['asked for', '{% assign wind = "a" %}\n\n{{ wind }} {% if wind %}blows{% endif %}'],
    [
      'an address, of which readers see the whole among words',
      '{% assign wind = "/a" | relative_url %}\n\n{{ wind }}',
    ],
    ['also shown as it is written', '{% assign wind = "a" %}{{ wind }} {% raw %}{{ wind }}{% endraw %}'],
  ])('no name that is %s', async (_, body) => {
    const { content } = await readPost(body, jekyll);
    const unknown: string[] = [];
    walk(content.tree, (node) => {
      if (node.type === 'unknown') unknown.push(node.name);
    });
    expect(unknown).toContain('assign');
  });

  test('an address that a tag gives a name', async () => {
    const { urls } = await readPost(
      '{% assign logo = "img/a.png" | relative_url %}\n\n![A logo]({{ logo }}) <img src="{{ logo }}">',
      jekyll,
    );
    expect(urls).toEqual(['/img/a.png', '/img/a.png']);
  });

  test('what a value of the site is given to changes with it', async () => {
    const { root, open } = openPost('{% assign from = site.title %}{{ from }}', jekyll);
    const digest = async () => {
      const source = open();
      const [post] = (await source.load(signal)).posts;
      return post && source.digest(post).digest;
    };
    const before = await digest();
    writeFiles(root, { '_config.yml': 'title: Kites alone\n' });
    expect(await digest()).not.toBe(before);
  });

  test.each([
    ['its own language', '{% assign wind = "storm" %}{{ wind }}', 'export default () => {};'],
    [
      'Nunjucks',
      '{% set wind = "storm" %}{{ wind | upper }}',
      'export default () => ({ markdownTemplateEngine: "njk" });',
    ],
  ])('in Eleventy, by the tag of %s', async (_, body, config) => {
    const { text } = await readPost(body, { 'eleventy.config.js': config });
    expect(text.toLowerCase()).toBe('storm');
  });

  test('on a site that runs no Liquid, names stay in code', async () => {
    const { text } = await readPost('```\n{% assign wind = "a" %}{{ wind }}\n```', {
      'hugo.toml': 'title = "A"\n',
    });
    expect(text).toBe('{% assign wind = "a" %}{{ wind }}');
  });

  test.each([
    ['what no file has', '{{ site.nothing }}'],
    ['a list', '{{ site.list }}'],
    ['a number, of which only the generator knows how it is printed', '{{ site.year }} {{ page.size }}'],
    ['a filter that is not known', '{{ site.title | reverse_words }}'],
    ['a path among words, of which readers see the whole address', '{{ site.logo | absolute_url }}'],
    ['what Jekyll says of a page itself', '{{ page.date }}'],
  ])('leaves %s', async (_, body) => {
    const { text } = await readPost(body, jekyll);
    expect(text).toBe(body);
  });

  test('in addresses, in HTML and in what tags are given', async () => {
    const { urls } = await readPost(
      [
        '[Source]({{ site.repo }}/issues) ![Logo]({{ site.logo | relative_url }})',
        '',
        '<a href="{{ site.repo }}/wiki">Wiki</a> {{ site.repo }}/pulls',
        '',
        '{% include figure.html src=site.logo alt="A logo" %}',
      ].join('\n'),
      jekyll,
    );
    expect(urls).toEqual([
      'https://git.example/kites/issues',
      '/img/logo.svg',
      'https://git.example/kites/wiki',
      'https://git.example/kites/pulls',
      '/img/logo.svg',
    ]);
  });

  test('shows the markdown in a value, and leaves the places of what follows as they are in the file', async () => {
    const { content } = await readPost(
      '{{ page.deep.inner }} {{ page.gone }}, {{ site.title }} {{ site.gone }}',
      jekyll,
    );
    const found: unknown[] = [];
    walk(content.tree, (node) => {
      if (node.type === 'emphasis') found.push(toString(node));
      found.push(...(node.data?.leftSyntax ?? []));
    });
    expect(found).toEqual([
      'light',
      { written: '{{ page.gone }}', line: 9, column: 23 },
      { written: '{{ site.gone }}', line: 9, column: 57 },
    ]);
  });

  test('does nothing where shortcodes are text, or the config is Hexo’s', async () => {
    const shown = await readPost('{{ site.title }}', jekyll, { syntax: { shortcodes: false } });
    expect(shown.text).toBe('{{ site.title }}');
    const hexo = { ...jekyll, 'package.json': '{"hexo": {"version": "7.0.0"}}' };
    expect((await readPost('{{ site.title }}', hexo)).text).toBe('{{ site.title }}');
  });
});

describe('values that other generators fill in', () => {
  const hugo = {
    'hugo.toml':
      'baseURL = "https://example.com"\n[params]\nversion = "v4"\nWood = "oak"\n[languages.fr.params]\nshop = "ici"\n',
    'config/_default/params.toml': 'shop = "here"\n',
  };
  const eleventy = {
    'eleventy.config.js': 'export default () => ({ dir: { input: "content", data: "../data" } });',
    'content/_data/metadata.json': '{"title": "Kites", "author": {"name": "An example"}}',
    'content/_data/shop.js': 'module.exports = { phone: "555 0100" };',
    'package.json': '{"version": "1.2.3"}',
  };
  const plain = {
    ...eleventy,
    'eleventy.config.js': 'export default () => ({ dir: { input: "content" } });',
  };
  const mkdocs =
    'site_name: Kites\nplugins: [blog, macros]\nextra: { wood: oak, shop: { phone: 555 0100 } }\n';

  test.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['Hugo', 'Get {{< param version >}} or {{% param "wood" %}}.', 'Get v4 or ash.', hugo],
    [
      'Eleventy',
      '{{ metadata.title }} by {{ metadata.author.name }}: {{ title }}, {{ shop.phone }}, {{ pkg.version }}',
      'Kites by An example: A kite, 555 0100, 1.2.3',
      plain,
    ],
    [
      'MkDocs with macros',
      '{{ config.site_name }}, {{ shop.phone }}, {{ wood }}, {{ page.title }}',
      'Kites, 555 0100, ash, A kite',
      { 'mkdocs.yml': mkdocs },
    ],
    [
      'Quarto',
      '{{< meta title >}} {{< var shop.phone >}}',
      'A kite 555 0100',
      { '_quarto.yml': 'project: { type: website }\n', '_variables.yml': 'shop: { phone: 555 0100 }\n' },
    ],
    ['VitePress', '# {{ $frontmatter.title }}', 'A kite', {}],
  ])('%s', async (_, body, shown, files) => {
    expect((await readPost(body, files, { file: 'posts/kite.md' })).text).toBe(shown);
  });

  test.each<[string, string, Readonly<Record<string, string>>]>([
    ['MkDocs without macros', '{{ config.site_name }}', { 'mkdocs.yml': mkdocs.replace(', macros', '') }],
    [
      'Eleventy that runs nothing in markdown',
      '{{ metadata.title }}',
      {
        ...plain,
        'eleventy.config.js':
          'export default () => ({ markdownTemplateEngine: false, dir: { input: "content" } });',
      },
    ],
    [
      'Eleventy whose data is made',
      '{{ shop.phone }}',
      {
        ...plain,
        'content/_data/shop.js': 'module.exports = () => ({ phone: "555" });',
      },
    ],
    ['VitePress, in code', '`{{ $frontmatter.title }}`', {}],
  ])('not by %s', async (_, body, files) => {
    expect((await readPost(body, files)).text).toBe(body.replaceAll('`', ''));
  });

  test('not by Hugo where a language has another value', async () => {
    const { content } = await readPost('In {{< param shop >}}.', hugo);
    expect(JSON.stringify(content.tree)).toContain('"unknown"');
  });

  test('in MDX, by the front matter and by constants that the post exports', async () => {
    const body = [
      'export const shop = { phone: "555 0100", town: `Here` };',
      '',
      '# {frontMatter.title}',
      '',
      'Of {frontmatter.deep.inner}, {shop.phone} in {`${shop.town} (${frontMatter.wood})`}. <img src={frontMatter.wood} alt="" />',
    ].join('\n');
    const { text } = await readPost(body, {}, { file: 'posts/kite.mdx' });
    expect(text).toBe('A kiteOf a *light* frame, 555 0100 in Here (ash). ');
  });

  test('of the config nearest to the posts', async () => {
    const files = { ...jekyll, 'docs/_config.yml': 'title: The inner one\n' };
    const { text } = await readPost('{{ site.title }}', files, {
      file: 'docs/_posts/kite.md',
      path: 'docs/_posts',
    });
    expect(text).toBe('The inner one');
  });
});

test('a value that changes changes the digest, also where an earlier run knew it', async () => {
  const { root, open } = openPost('{{ site.title }}', jekyll);
  const long = new Date(Date.now() - 60_000);
  const settle = (...names: readonly string[]) => {
    for (const name of names) utimesSync(join(root, name), long, long);
  };
  const digest = async (): Promise<string> => {
    const source = open();
    const [post] = (await source.load(signal)).posts;
    const known = post && source.digest(post).digest;
    source.remember?.();
    return known ?? '';
  };
  settle('_config.yml', 'posts/kite.md');
  const first = await digest();
  expect(await digest()).toBe(first);
  writeFiles(root, { '_config.yml': 'title: Something else\n' });
  expect(await digest()).not.toBe(first);
  writeFiles(root, { '_config.yml': jekyll['_config.yml'] });
  expect(await digest()).toBe(first);
});

test('of many posts that nothing is known of, the digest of one with a value counts that value', async () => {
  const others = Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`posts/other-${index}.md`, `---\n${matter}\n---\n\nPlain.\n`]),
  );
  const source = openPost('{{ site.title }}', { ...others, ...jekyll }).open();
  const { posts } = await source.load(signal);
  const kite = posts.find(({ origin }) => origin.path === 'posts/kite.md');
  if (kite === undefined) throw new Error('no post');
  expect(posts).toHaveLength(31);
  expect(source.digest(kite).digest).toBe((await source.read(kite, signal)).digest);
});

test('what fills in a post’s own values changes the digest, since it changes what is shown', async () => {
  const { root, open } = openPost('{{ wood }}', { 'mkdocs.yml': 'plugins: [macros]\n' });
  const digest = async (): Promise<string | undefined> => {
    const source = open();
    const [post] = (await source.load(signal)).posts;
    return post && source.digest(post).digest;
  };
  const first = await digest();
  writeFiles(root, { 'mkdocs.yml': 'plugins: [search]\n' });
  expect(await digest()).not.toBe(first);
});

test('a file of values is parsed once, however many values are asked for', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `key${index}: value ${index}`);
  const files = new Map([
    ['_config.yml', 'title: A\n'],
    ['_data/all.yml', lines.join('\n')],
  ]);
  const asked: string[] = [];
  const read = (path: string): string | undefined => {
    asked.push(path);
    return files.get(path);
  };
  const finder = openSiteFiles({ read }, '_posts');
  const milliseconds = await measureCpu(() => {
    for (let index = 0; index < 1000; index += 1)
      expect(finder.ofSite(`site.data.all.key${index}`)).toBe(`value ${index}`);
  });
  expect(milliseconds).toBeLessThan(2000);
  expect(asked.filter((path) => path === '_data/all.yml')).toHaveLength(1000);
});

test('blanks in what may stand for values cost no more than letters', async () => {
  const text = `{{a${' '.repeat(198)}b}}`.repeat(500);
  expect(await measureCpu(() => listExpressions(text))).toBeLessThan(300);
});
