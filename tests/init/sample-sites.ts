/** A site as its author keeps it, and what is true of it. */
export interface SampleSite {
  readonly generator: string;
  readonly files: Readonly<Record<string, string>>;
  /** What the author has to say on the command line. */
  readonly words: readonly string[];
  /** The pages' addresses, as the generator makes them. */
  readonly addresses: readonly string[];
  /** The line of the config that makes them. */
  readonly canonical: string;
  readonly timezone: string;
  readonly author: string;
  /** The files of the feeds, as the site serves them. */
  readonly feeds: readonly string[];
  /** The folder that the workflows put them in. */
  readonly feedFolder: string;
}

const usualFeeds = ['feed.xml', 'atom.xml', 'feed.json'];
const otherFeeds = ['feeds/rss.xml', 'feeds/atom.xml', 'feeds/feed.json'];

/** A script that must never run: it says so in a file, and fails. */
const neverRun = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('./was-run', import.meta.url), '');
throw new Error('This file was run.');
`;

const yaml = (lines: readonly string[], body: string): string => `---\n${lines.join('\n')}\n---\n\n${body}\n`;

const hugo: SampleSite = {
  generator: 'Hugo',
  files: {
    'hugo.toml': [
      'baseURL = "https://hugo.example.com/"',
      'title = "Hedges & Ditches"',
      "languageCode = 'en-gb'",
      'timeZone = "Europe/London"',
      '',
      '[params]',
      'description = "Notes from a garden."',
      '  [params.author]',
      '  name = "Example Author"',
      '',
      '[permalinks.page]',
      'posts = "/:year/:month/:contentbasename/"',
      '',
    ].join('\n'),
    'content/_index.md': '---\ntitle: Home\n---\n',
    'content/about.md': '---\ntitle: About\n---\nA garden.\n',
    'content/posts/_index.md': '---\ntitle: Posts\n---\n',
    'content/posts/on-hedges.md':
      '+++\ntitle = "On hedges, and what lives in them"\ndate = 2024-03-04T08:30:00Z\ntags = ["garden"]\n+++\n\nA hedge is a wall that grows.\n',
    'content/posts/on-ditches/index.md': yaml(
      ['title: On ditches', 'date: 2024-11-30', 'draft: false', 'tags: [garden, water]'],
      'A ditch is a hedge the other way up.',
    ),
    'static/robots.txt': 'User-agent: *\n',
    '.gitignore': 'public/\n/out\n',
  },
  words: [],
  addresses: ['https://hugo.example.com/2024/03/on-hedges/', 'https://hugo.example.com/2024/11/on-ditches/'],
  canonical: '/{year}/{month}/{slug}/',
  timezone: 'Europe/London',
  author: 'Example Author',
  feeds: usualFeeds,
  feedFolder: 'static',
};

const jekyll: SampleSite = {
  generator: 'Jekyll',
  files: {
    '_config.yml': [
      'title: Notes on clay',
      'description: >-',
      '  What a potter',
      '  writes down.',
      'url: "https://jekyll.example.com"',
      'baseurl: /notes',
      'author: { name: Example Author, email: author@example.com }',
      'lang: de_DE',
      'timezone: Europe/Berlin',
      'permalink: pretty',
      'plugins: [jekyll-feed]',
      'exclude: [config, out]',
      '',
    ].join('\n'),
    Gemfile: "source 'https://rubygems.example'\ngem 'jekyll'\n",
    'index.md': '---\nlayout: home\n---\n',
    // Late in the evening in UTC: the day after in Berlin, where Jekyll takes the date from.
    '_posts/2024-05-31-on-glaze.md': yaml(
      ['layout: post', 'title: On glaze', 'date: 2024-05-31 23:30:00 +0000', 'tags: clay'],
      'Glaze is glass.',
    ),
    '_posts/2024-07-02-on-kilns.markdown': yaml(
      ['layout: post', 'title: On kilns', 'tags: clay'],
      'Kilns are patient.',
    ),
    '_drafts/on-wheels.md': yaml(['title: On wheels'], 'Not yet.'),
  },
  words: [],
  addresses: [
    'https://jekyll.example.com/notes/2024/06/01/on-glaze/',
    'https://jekyll.example.com/notes/2024/07/02/on-kilns/',
  ],
  canonical: '/notes/{year}/{month}/{day}/{slug}/',
  timezone: 'Europe/Berlin',
  author: 'Example Author',
  feeds: otherFeeds,
  feedFolder: '.',
};

const astro: SampleSite = {
  generator: 'Astro',
  files: {
    'astro.config.mjs': `${neverRun}
import { defineConfig } from 'astro/config';
import sitemap from '@astrojs/sitemap';

// site: 'https://old.example.com',
export default defineConfig({
  integrations: [sitemap({ site: 'https://wrong.example.com', filter: (page) => !/['"]draft/.test(page) })],
  site: 'https://astro.example.com', /* the one */
  trailingSlash: 'never',
});
`,
    'package.json': '{ "name": "stars", "private": true, "dependencies": { "astro": "^5.0.0" } }\n',
    'src/consts.ts':
      "export const SITE_TITLE: string = 'Stars & such';\nexport const SITE_DESCRIPTION = `What the night shows.`;\nexport const SITE_AUTHOR = 'Example Author';\n",
    'src/content.config.ts':
      "import { defineCollection } from 'astro:content';\nimport { glob } from 'astro/loaders';\nconst blog = defineCollection({ loader: glob({ base: './src/content/blog', pattern: '**/*.md' }) });\nexport const collections = { blog };\n",
    'src/content/blog/2024-01-05-on-orion.md': yaml(
      ["title: 'On Orion'", 'pubDate: Jan 05 2024', "description: 'Three in a row.'", 'tags: [stars]'],
      'Look south.',
    ),
    'src/content/blog/2024-02-06-on-mars.md': yaml(
      ["title: 'On Mars'", 'pubDate: 2024-02-06', "description: 'A red one.'", 'tags: [planets]'],
      'It is [near](/blog/2024-01-05-on-orion).',
    ),
    'src/pages/index.astro': '<h1>Stars</h1>\n',
    'src/pages/rss.xml.js': neverRun,
    'src/pages/blog/[...slug].astro':
      "---\nimport { getCollection } from 'astro:content';\nexport const getStaticPaths = async () => (await getCollection('blog')).map((post) => ({ params: { slug: post.id } }));\n---\n",
    'public/favicon.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    'README.md': '# Stars\n\nMy own words.\n',
  },
  words: ['--timezone', 'America/New_York'],
  addresses: [
    'https://astro.example.com/blog/2024-01-05-on-orion',
    'https://astro.example.com/blog/2024-02-06-on-mars',
  ],
  canonical: '/blog/{name}',
  timezone: 'America/New_York',
  author: 'Example Author',
  feeds: usualFeeds,
  feedFolder: 'public',
};

const eleventy: SampleSite = {
  generator: 'Eleventy',
  files: {
    'eleventy.config.js': `${neverRun}
export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy('src/assets');
  eleventyConfig.addPassthroughCopy({ './src/public/': '/' });
  return { dir: { input: 'src', output: '_site' } };
}
`,
    'package.json':
      '{ "private": true, "author": "Example Author <author@example.com>", "devDependencies": { "@11ty/eleventy": "^3.0.0" } }\n',
    'src/_data/metadata.json':
      '{ "title": "Eleven trees", "url": "https://eleventy.example.com/", "language": "en", "description": "A small wood." }\n',
    'src/feed.njk': '---\npermalink: /feed.xml\n---\n<feed/>\n',
    'src/posts/posts.json':
      '{ "layout": "post.njk", "permalink": "/writing/{{ page.fileSlug }}/index.html" }\n',
    'src/posts/2023-05-06-on-oaks.md': yaml(['title: On oaks', 'tags: [trees]'], 'Slow.'),
    'src/posts/on-birches.md': yaml(['title: On birches', 'date: 2023-06-07', 'tags: [trees]'], 'Quick.'),
    'src/posts/on-yews.md': yaml(
      ['title: On yews', 'date: 2023-07-08', 'tags: [trees]', 'permalink: /yews/'],
      'Old.',
    ),
    'src/public/robots.txt': 'User-agent: *\n',
  },
  words: [],
  addresses: [
    'https://eleventy.example.com/writing/on-birches/',
    'https://eleventy.example.com/writing/on-oaks/',
    'https://eleventy.example.com/yews/',
  ],
  canonical: '/writing/{slug}/',
  timezone: 'UTC',
  author: 'Example Author',
  feeds: otherFeeds,
  feedFolder: 'src/public',
};

const next: SampleSite = {
  generator: 'Next',
  files: {
    'next.config.mjs': `${neverRun}
const nextConfig = { output: 'export', trailingSlash: true, images: { unoptimized: true } };
export default nextConfig;
`,
    'package.json': '{ "private": true, "dependencies": { "next": "^16.0.0" } }\n',
    'data/siteMetadata.js':
      "const siteMetadata = {\n  title: 'Next door',\n  author: 'Example Author',\n  language: 'en-us',\n  siteUrl: 'https://next.example.com',\n};\nmodule.exports = siteMetadata;\n",
    'app/layout.tsx': "export const metadata = { title: 'Something else' };\n",
    'app/blog/page.tsx': 'export default function Page() {}\n',
    'app/blog/[slug]/page.tsx': neverRun,
    'content/posts/on-fences.md': yaml(
      ['title: On fences', "date: '2024-08-09T10:00:00.000Z'", 'tags: [neighbours]'],
      'They say good ones help.',
    ),
    'content/posts/on-gates.md': yaml(
      ['title: On gates', "date: '2024-09-10T10:00:00.000Z'", 'tags: [neighbours]'],
      'A fence that changes its mind.',
    ),
    'public/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    '.gitignore': 'node_modules/\n.next/\n',
  },
  words: [],
  addresses: ['https://next.example.com/blog/on-fences/', 'https://next.example.com/blog/on-gates/'],
  canonical: '/blog/{slug}/',
  timezone: 'UTC',
  author: 'Example Author',
  feeds: usualFeeds,
  feedFolder: 'public',
};

const plain: SampleSite = {
  generator: 'plain',
  files: {
    CNAME: 'plain.example.com\n',
    'posts/on-stones.md': yaml(['title: On stones', 'date: 2022-03-04', 'tags: [stones]'], 'They wait.'),
    'posts/on-sand.md': yaml(
      ['title: On sand', 'date: 2022-04-05', 'tags: [stones]'],
      'Stones that did not.',
    ),
  },
  words: ['--title', 'Plain stones', '--canonical', '/{year}/{slug}.html', '--timezone', 'Asia/Tokyo'],
  addresses: ['https://plain.example.com/2022/on-sand.html', 'https://plain.example.com/2022/on-stones.html'],
  canonical: '/{year}/{slug}.html',
  timezone: 'Asia/Tokyo',
  author: 'Plain stones',
  feeds: usualFeeds,
  feedFolder: 'out/site',
};

/** One small site for each generator. */
export const sampleSites: readonly SampleSite[] = [hugo, jekyll, astro, eleventy, next, plain];
