import { page, post, type SampleBlog } from './define.ts';

const astroConstants: SampleBlog = {
  name: 'Astro with its address in a constant, a folder of data, and notes beside the blog',
  generator: 'Astro',
  files: {
    'astro.config.ts':
      "import { SITE } from './src/config';\nexport default defineConfig({ site: SITE.website });\n",
    'package.json': '{ "dependencies": { "astro": "^5" } }\n',
    'src/config.ts':
      "export const SITE = { website: 'https://paper.example/', author: 'Example Author', title: 'Paper', lang: 'en', timezone: 'Asia/Bangkok' } as const;\n",
    'src/content.config.ts':
      "const blog = defineCollection({ loader: glob({ pattern: '**/[^_]*.md', base: './src/data/blog' }) });\nconst notes = defineCollection({ loader: glob({ base: './src/data/notes' }) });\n",
    'src/data/blog/Folding Paper.md': post('Folding paper', undefined, 'pubDatetime: 2024-01-01T00:00:00Z'),
    'src/data/blog/examples/tearing.md': post('Tearing', undefined, 'pubDatetime: 2024-01-02T00:00:00Z'),
    'src/data/blog/_wip.md': page,
    'src/data/notes/glue.md': post('Glue', '2024-01-03'),
    'src/data/notes/tape.md': post('Tape', '2024-01-04'),
    'src/pages/posts/[...slug]/index.astro': "---\nconst posts = await getCollection('blog');\n---\n",
    'src/pages/notes/[id].astro': "---\nconst notes = await getCollection('notes');\n---\n",
  },
  url: 'https://paper.example',
  sources: [['src/data/blog', '/posts/{folder}/{slug:lower}/']],
  others: ['src/data/notes'],
  pages: {
    'src/data/blog/Folding Paper.md': '/posts/folding-paper/',
    'src/data/blog/examples/tearing.md': '/posts/examples/tearing/',
  },
};

const astroPages: SampleBlog = {
  name: 'Astro with posts as pages, a base, and no slash at the end',
  generator: 'Astro',
  files: {
    'astro.config.mjs':
      "export default defineConfig({ base: '/weather', trailingSlash: 'never', site: process.env.SITE ?? 'https://sky.example' });\n",
    'src/pages/posts/rain.md': post('Rain', undefined, 'pubDate: Feb 03 2024'),
    'src/pages/posts/2024/fog.md': post('Fog', undefined, 'pubDate: 2024-03-04'),
  },
  url: 'https://sky.example/weather',
  sources: [['src/pages/posts', '/weather/posts/{folder}/{slug}']],
  pages: { 'src/pages/posts/rain.md': '/posts/rain', 'src/pages/posts/2024/fog.md': '/posts/2024/fog' },
};

const eleventyBase: SampleBlog = {
  name: 'Eleventy with its posts in content/blog, and dates in their names',
  generator: 'Eleventy',
  files: {
    'eleventy.config.js':
      "module.exports = (c) => {\n  c.addPassthroughCopy({ './public/': '/' });\n  return { pathPrefix: '/', dir: { input: 'content', data: '../_data' } };\n};\n",
    '_data/metadata.js':
      "module.exports = { title: 'Twigs', url: 'https://twigs.example/', language: 'en', author: { name: 'Example Author' } };\n",
    'content/blog/blog.11tydata.js': "module.exports = { tags: ['posts'], layout: 'post.njk' };\n",
    'content/blog/birch.md': post('Birch', '2018-05-01'),
    'content/blog/2019-06-02-beech.md': post('Beech', undefined),
    'content/blog/oak/oak.md': post('Oak', '2018-08-24'),
    'content/about.md': page,
  },
  url: 'https://twigs.example',
  sources: [['content/blog', '/blog/{name}/']],
  pages: {
    'content/blog/birch.md': '/blog/birch/',
    'content/blog/2019-06-02-beech.md': '/blog/2019-06-02-beech/',
    'content/blog/oak/oak.md': '/blog/oak/',
  },
};

const eleventyNotes: SampleBlog = {
  name: 'Eleventy with a dated index in a folder for each post, and more notes than posts',
  generator: 'Eleventy',
  files: {
    '.eleventy.js': "module.exports = (config) => ({ dir: { input: 'src', output: 'dist' } });\n",
    'package.json': '{ "homepage": "https://moss.example" }\n',
    'src/posts/posts.json': '{ "layout": "post", "permalink": "blog/{{ page.fileSlug }}/index.html" }\n',
    'src/posts/lichen/2021-03-08-index.md': post('Lichen', undefined),
    'src/posts/liverwort/2022-04-09-index.md': post('Liverwort', undefined),
    'src/notes/2022-01-01.md': '---\ntags: likes\n---\n\nA walk.\n',
    'src/notes/2022-01-02.md': '---\ntags: likes\n---\n\nAnother.\n',
    'src/notes/2022-01-03-rain.md': post('Rain', undefined),
  },
  url: 'https://moss.example',
  sources: [['src/posts', '/blog/{slug}/']],
  others: ['src/notes'],
  pages: {
    'src/posts/lichen/2021-03-08-index.md': '/blog/lichen/',
    'src/posts/liverwort/2022-04-09-index.md': '/blog/liverwort/',
  },
};

const astroDashes: SampleBlog = {
  name: 'Astro with two hyphens after the date of a folder, and translations in folders below',
  generator: 'Astro',
  files: {
    'astro.config.mjs': 'export default defineConfig({ site: "https://kelp.example" });\n',
    'src/pages/[...slug].astro': "---\nconst posts = await getCollection('posts');\n---\n",
    'src/content/posts/2015-02-26--holdfast/index.mdx': post('Holdfast', '2015-02-26'),
    'src/content/posts/2015-02-26--holdfast/de/index.mdx': post('Haftorgan', '2015-02-26'),
    'src/content/posts/2015-02-26--holdfast/fr/index.mdx': post('Crampon', '2015-02-26'),
    'src/content/posts/2024-11-10--frond/index.mdx': post('Frond', '2024-11-10'),
  },
  url: 'https://kelp.example',
  sources: [['src/content/posts', '/{name}/']],
  pages: {
    'src/content/posts/2015-02-26--holdfast/index.mdx': '/2015-02-26--holdfast/',
    'src/content/posts/2015-02-26--holdfast/de/index.mdx': '/2015-02-26--holdfast/de/',
    'src/content/posts/2015-02-26--holdfast/fr/index.mdx': '/2015-02-26--holdfast/fr/',
    'src/content/posts/2024-11-10--frond/index.mdx': '/2024-11-10--frond/',
  },
};

const docusaurusConstant: SampleBlog = {
  name: 'Docusaurus whose config is a constant, exported last, after others with addresses of their own',
  generator: 'Docusaurus',
  files: {
    'docusaurus.config.js': `const url = require('url');
const sponsors = list.map((sponsor) => {
  return { type: 'sponsor', title: sponsor.name, url: 'https://sponsors.example' };
});
const siteConfig = {
  baseUrl: '/',
  customFields: { sponsors },
  presets: [['@docusaurus/preset-classic', { docs: { path: '../docs' }, blog: { blogSidebarCount: 'ALL' } }]],
  title: 'Reed',
  url: 'https://reed.example',
};
module.exports = siteConfig;
`,
    'blog/2018-06-26-packages-in-es2015+.md': post('Packages', '2018-06-26 11:00:00'),
    'blog/2020-03-16-7.9.0.md': post('7.9.0', '2020-03-16 0:00:00'),
  },
  url: 'https://reed.example',
  sources: [['blog', '/blog/{year}/{month}/{day}/{slug}']],
  pages: {
    'blog/2018-06-26-packages-in-es2015+.md': '/blog/2018/06/26/packages-in-es2015+',
    'blog/2020-03-16-7.9.0.md': '/blog/2020/03/16/7.9.0',
  },
};

const nextPublic: SampleBlog = {
  name: 'Next with each post beside its pictures in public/, and its address in CNAME',
  generator: 'Next',
  files: {
    'next.config.js': "module.exports = { output: 'export', trailingSlash: true };\n",
    'package.json': '{ "dependencies": { "next": "^15" } }\n',
    CNAME: 'wheel.example',
    'app/[slug]/page.js': '// shows one\n',
    'app/rss.xml/route.js': '// a feed\n',
    'public/spokes/index.md': post('Spokes', "'2018-11-30'"),
    'public/spokes/counter.js': '// a demo\n',
    'public/hub/index.md': post('Hub', "'2019-01-15'"),
    'public/rim/index.md': post('Rim', "'2020-02-16'"),
  },
  url: 'https://wheel.example',
  sources: [['public', '/{slug}/']],
  pages: {
    'public/spokes/index.md': '/spokes/',
    'public/hub/index.md': '/hub/',
    'public/rim/index.md': '/rim/',
  },
};

const gatsby: SampleBlog = {
  name: 'Gatsby with a folder for each post, and its folder written with the site’s own before it',
  generator: 'Gatsby',
  files: {
    'gatsby-config.js':
      "module.exports = {\n  siteMetadata: { title: 'Curry', author: { name: 'Example Author' }, siteUrl: 'https://curry.example' },\n  plugins: [{ resolve: 'gatsby-source-filesystem', options: { path: `${__dirname}/content/blog`, name: 'blog' } }, { resolve: 'gatsby-source-filesystem', options: { path: `${__dirname}/content/assets`, name: 'assets' } }],\n};\n",
    'gatsby-node.js': 'exports.onCreateNode = () => createFilePath({ node, getNode });\n',
    'content/blog/cumin/index.md': post('Cumin', '"2015-05-01T22:12:03.284Z"'),
    'content/blog/clove/index.mdx': post('Clove', '"2015-05-06T23:46:37.121Z"'),
    'content/blog/2016/mace/index.md': post('Mace', '"2016-05-28T22:40:32.169Z"'),
  },
  url: 'https://curry.example',
  sources: [['content/blog', '/{folder}/{slug}/']],
  pages: {
    'content/blog/cumin/index.md': '/cumin/',
    'content/blog/clove/index.mdx': '/clove/',
    'content/blog/2016/mace/index.md': '/2016/mace/',
  },
};

const docusaurus: SampleBlog = {
  name: 'Docusaurus in website/, with two blogs, dates in names and own slugs',
  generator: 'Docusaurus',
  files: {
    'package.json': '{ "private": true, "workspaces": ["website"] }\n',
    'website/docusaurus.config.js':
      "module.exports = {\n  title: 'Native', tagline: 'Apps.', url: 'https://native.example', baseUrl: '/',\n  presets: [['classic', { docs: { path: '../docs' }, blog: { path: 'blog', blogSidebarCount: 'ALL' } }]],\n  plugins: [['@docusaurus/plugin-content-blog', { id: 'changes', path: 'changelog', routeBasePath: 'changelog' }]],\n};\n",
    'docs/start.md': page,
    'website/blog/2015-03-26-bringing-it.md': post('Bringing it', undefined, 'author: Example Author'),
    'website/blog/2020-07-06-version-0.63/index.mdx': post('Version 0.63', undefined),
    'website/blog/2021/03/11/plans.md': post('Plans', undefined),
    'website/blog/2023-01-02-moved.md': post('Moved', undefined, 'slug: we-moved'),
    'website/blog/authors.yml': 'a: { name: A }\n',
    'website/changelog/2024-01-01-first.md': post('First', undefined),
  },
  url: 'https://native.example',
  sources: [
    ['website/blog', '/blog/{year}/{month}/{day}/{slug}'],
    ['website/changelog', '/changelog/{year}/{month}/{day}/{slug}'],
  ],
  pages: {
    'website/blog/2015-03-26-bringing-it.md': '/blog/2015/03/26/bringing-it',
    'website/blog/2020-07-06-version-0.63/index.mdx': '/blog/2020/07/06/version-0.63',
    'website/blog/2021/03/11/plans.md': '/blog/2021/03/11/plans',
    'website/blog/2023-01-02-moved.md': '/blog/we-moved',
    'website/changelog/2024-01-01-first.md': '/changelog/2024/01/01/first',
  },
};

const hexo: SampleBlog = {
  name: 'Hexo with categories in addresses, and a front matter that no line opens',
  generator: 'Hexo',
  files: {
    '_config.yml':
      'title: Six\nauthor: Example Author\nlanguage: [en, zh-TW]\ntimezone: Asia/Taipei\nurl: https://six.example/log\nroot: /log/\npermalink: :category/:title/\nnew_post_name: :title.md\ndefault_category: stray\n',
    'package.json': '{ "dependencies": { "hexo": "^7", "hexo-generator-feed": "^3" } }\n',
    'scaffolds/post.md': 'title: {{ title }}\ndate: {{ date }}\n---\n',
    'source/_posts/tea.md': 'title: Tea\ndate: 2016-01-02 03:04:05\ncategories: Drinks\n---\n\nHot.\n',
    'source/_posts/2017/rice.md': post('Rice', '2017-02-03 04:05:06', 'categories: [Food, Grain]'),
    'source/_posts/odds.md': post('Odds', '2018-03-04 05:06:07'),
    'source/about/index.md': post('About', '2016-01-01'),
  },
  url: 'https://six.example/log',
  sources: [['source/_posts', '/log/{categories}/{folder}/{slug}/']],
  pages: {
    'source/_posts/tea.md': '/drinks/tea/',
    'source/_posts/2017/rice.md': '/food/grain/2017/rice/',
    'source/_posts/odds.md': '/stray/odds/',
  },
};

const vitepress: SampleBlog = {
  name: 'VitePress at the top, with an address only in its feed',
  generator: 'VitePress',
  files: {
    '.vitepress/config.ts':
      "export default defineConfig({ title: 'The point', description: 'Of it all.', cleanUrls: true, head: [['link', { rel: 'icon', href: '/f.ico' }]] });\n",
    'index.md': '---\nlayout: page\n---\n',
    'posts/index.md': '# All\n',
    'posts/edges.md': post('Edges', '2022-01-02'),
    'posts/corners.md': post('Corners', '2022-02-03'),
    'public/feed.xml':
      '<rss version="2.0"><channel><title>The point</title><link>https://point.example/</link></channel></rss>\n',
  },
  url: 'https://point.example',
  sources: [['posts', '/posts/{name}']],
  pages: { 'posts/edges.md': '/posts/edges', 'posts/corners.md': '/posts/corners' },
};

const vitepressDocs: SampleBlog = {
  name: 'VitePress in docs/, with a blog beside the documentation',
  generator: 'VitePress',
  files: {
    'docs/.vitepress/config.mts':
      "const host = 'https://fast.example';\nexport default defineConfig({ title: 'Fast', sitemap: { hostname: host } });\n",
    'docs/guide/index.md': '# Guide\n',
    'docs/guide/why.md': '# Why\n',
    'docs/blog/fast3.md': post('Fast 3', '2022-07-23'),
    'docs/blog/fast4.md': post('Fast 4', '2022-12-09'),
    'docs/blog.md': '# Blog\n',
  },
  url: 'https://fast.example',
  sources: [['docs/blog', '/blog/{name}.html']],
  pages: { 'docs/blog/fast3.md': '/blog/fast3.html', 'docs/blog/fast4.md': '/blog/fast4.html' },
};

const svelteFolders: SampleBlog = {
  name: 'SvelteKit with posts in folders, shown by a route at the top',
  generator: 'SvelteKit',
  files: {
    'svelte.config.js':
      "export default { extensions: ['.svelte', '.md'], preprocess: [mdsvex()], kit: {} };\n",
    'package.json': '{ "devDependencies": { "@sveltejs/kit": "^2", "mdsvex": "^0.11" } }\n',
    'src/lib/config.ts': "export const siteTitle = 'Joy';\nexport const siteUrl = 'https://joy.example';\n",
    'src/routes/(site)/[slug]/+page.ts': '// shows one\n',
    'posts/slopes/slopes.md': post('Slopes', undefined, 'published: 2023-01-02'),
    'posts/peaks/peaks.md': post('Peaks', undefined, 'published: 2023-02-03'),
  },
  url: 'https://joy.example',
  sources: [['posts', '/{slug}']],
  pages: { 'posts/slopes/slopes.md': '/slopes', 'posts/peaks/peaks.md': '/peaks' },
};

const svelteRoutes: SampleBlog = {
  name: 'SvelteKit with posts as routes of mdsvex',
  generator: 'SvelteKit',
  files: {
    'package.json':
      '{ "homepage": "https://routes.example", "devDependencies": { "@sveltejs/kit": "^2" } }\n',
    'svelte.config.js': 'export default {};\n',
    'src/routes/+layout.ts': "export const prerender = true;\nexport const trailingSlash = 'always';\n",
    'src/routes/blog/(old)/doors/+page.md': post('Doors', '2022-03-04'),
    'src/routes/blog/windows/+page.svx': post('Windows', '2022-04-05'),
    'src/routes/about/+page.md': page,
  },
  url: 'https://routes.example',
  sources: [['src/routes/blog', '/blog/{slug}/']],
  pages: {
    'src/routes/blog/(old)/doors/+page.md': '/blog/doors/',
    'src/routes/blog/windows/+page.svx': '/blog/windows/',
  },
};

const nuxt: SampleBlog = {
  name: 'Nuxt Content with numbered folders',
  generator: 'Nuxt Content',
  files: {
    'nuxt.config.ts':
      "export default defineNuxtConfig({ modules: ['@nuxt/content'], site: { url: 'https://peaks.example', name: 'Peaks' } });\n",
    'content/index.md': '# Hi\n',
    'content/2.blog/Granite.md': post('Granite', '2023-05-06'),
    'content/2.blog/slate.md': post('On slate', '2023-06-07'),
    'content/2.blog/3.flint.md': post('Sparks', '2023-07-08'),
  },
  url: 'https://peaks.example',
  sources: [['content/2.blog', '/blog/{slug:lower}']],
  pages: {
    'content/2.blog/Granite.md': '/blog/granite',
    'content/2.blog/slate.md': '/blog/slate',
    'content/2.blog/3.flint.md': '/blog/flint',
  },
};

const plainDeep: SampleBlog = {
  name: 'no generator, with posts deep down and the address in what deploys them',
  generator: 'plain',
  files: {
    'netlify.toml':
      '[build]\ncommand = "make"\n[context.production.environment]\nURL = "https://deep.example"\n',
    'web/content/journal/2021/wells.md': post('Wells', '2021-01-02'),
    'web/content/journal/2022/caves.md': post('Caves', '2022-02-03'),
    'web/content/imprint.md': page,
    'docs/how.md': '# How\n',
  },
  url: 'https://deep.example',
  sources: [['web/content/journal', '/blog/{slug}']],
  pages: {
    'web/content/journal/2021/wells.md': '/blog/wells',
    'web/content/journal/2022/caves.md': '/blog/caves',
  },
};

const nuxtSource: SampleBlog = {
  name: 'Nuxt Content below the folder of its source, with its address at whoever counts its readers',
  generator: 'Nuxt Content',
  files: {
    'nuxt.config.ts':
      "export default defineNuxtConfig({ srcDir: 'src', app: { head: { title: 'Ridge' } }, modules: ['@nuxt/content'], plausible: { domain: 'ridge.example', apiHost: 'https://count.example' } });\n",
    'src/content/blog/edge.md': post('Edge', '2023-05-06'),
    'src/content/blog/saddle.md': post('Saddle', '2023-06-07'),
    'src/content/talks/one.md': page,
  },
  url: 'https://ridge.example',
  sources: [['src/content/blog', '/blog/{name}']],
  pages: { 'src/content/blog/edge.md': '/blog/edge', 'src/content/blog/saddle.md': '/blog/saddle' },
};

const vitepressFeed: SampleBlog = {
  name: 'VitePress with its address in the script that makes its feed',
  generator: 'VitePress',
  files: {
    '.vitepress/config.ts': "export default defineConfig({ title: 'Vane', description: 'Wind.' });\n",
    '.vitepress/genFeed.ts': 'const baseUrl = `https://vane.example`;\nexport async function genFeed() {}\n',
    'posts/gust.md': post('Gust', '2021-01-02'),
    'posts/lull.md': post('Lull', '2021-02-03'),
  },
  url: 'https://vane.example',
  sources: [['posts', '/posts/{name}.html']],
  pages: { 'posts/gust.md': '/posts/gust.html', 'posts/lull.md': '/posts/lull.html' },
};

/** Blogs made with generators in JavaScript, and with none. */
export const javascript: readonly SampleBlog[] = [
  astroConstants,
  astroPages,
  astroDashes,
  eleventyBase,
  eleventyNotes,
  nextPublic,
  gatsby,
  docusaurus,
  docusaurusConstant,
  hexo,
  vitepress,
  vitepressDocs,
  svelteFolders,
  svelteRoutes,
  nuxt,
  nuxtSource,
  vitepressFeed,
  plainDeep,
];
