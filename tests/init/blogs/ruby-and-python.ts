import { page, post, type SampleBlog } from './define.ts';

const jekyllCategories: SampleBlog = {
  name: 'Jekyll by its own rule, with categories in addresses and posts in folders of their own',
  generator: 'Jekyll',
  files: {
    '_config.yml': '---\nname: Kiln\nurl: https://kiln.example\ntimezone: Europe/Paris\n',
    '_posts/2019-01-02-first-firing.md': post(
      'First firing',
      undefined,
      'categories: clay fire',
      'tags: [clay]',
    ),
    '_posts/2019/2019-02-03-glazes.md': post('Glazes', undefined, 'category: Clay'),
    '_posts/2020-03-04-no-shelf.markdown': post('No shelf', '2020-03-04 09:00:00'),
    'archive/_posts/2009-01-01-old-pots.md': post('Old pots', undefined),
    'about.md': page,
    '_drafts/handles.md': post('Handles', undefined),
  },
  url: 'https://kiln.example',
  sources: [
    ['_posts', '/{categories}/{year}/{month}/{day}/{slug}.html'],
    ['archive/_posts', '/archive/{year}/{month}/{day}/{slug}.html'],
  ],
  pages: {
    '_posts/2019-01-02-first-firing.md': '/clay/fire/2019/01/02/first-firing.html',
    '_posts/2019/2019-02-03-glazes.md': '/clay/2019/02/03/glazes.html',
    '_posts/2020-03-04-no-shelf.markdown': '/2020/03/04/no-shelf.html',
    'archive/_posts/2009-01-01-old-pots.md': '/archive/2009/01/01/old-pots.html',
  },
};

const jekyllTheme: SampleBlog = {
  name: 'Jekyll with a theme’s defaults and no address in its config',
  generator: 'Jekyll',
  files: {
    '_config.yml': `theme: jekyll-theme-plain
title: Ledge
lang: en
timezone:
url: ""
baseurl: ""
collections:
  tabs: { output: true }
defaults:
  - scope: { path: "", type: posts }
    values: { layout: post, permalink: /posts/:title/ }
  - scope: { path: "", type: tabs }
    values: { permalink: /:title/ }
exclude: [config, out]
`,
    '.git/config': '[remote "origin"]\n\turl = git@github.com:Ledge-Writer/ledge-writer.github.io.git\n',
    '_posts/2022-05-06-Moss on walls.md': post('Moss on walls', '2022-05-06 10:00:00 +0200'),
    '_posts/2022-06-07-ferns.md': post('Ferns', '2022-06-07'),
    '_tabs/about.md': page,
  },
  url: 'https://ledge-writer.github.io',
  sources: [['_posts', '/posts/{slug}/']],
  pages: {
    '_posts/2022-05-06-Moss on walls.md': '/posts/Moss-on-walls/',
    '_posts/2022-06-07-ferns.md': '/posts/ferns/',
  },
};

const jekyllInDocs: SampleBlog = {
  name: 'Jekyll in docs/, with a permalink for its collection of posts',
  generator: 'Jekyll',
  files: {
    'README.md': '# A tool\n',
    'lib/tool.rb': '# nothing\n',
    'docs/_config.yml': `name: A tool
url: https://tool.example
collections:
  posts: { permalink: "/news/:year/:month/:day/:title/", output: true }
  tutorials: { output: true }
`,
    'docs/_posts/2015-01-01-a-tool-1.0.markdown': post('1.0', '2015-01-01'),
    'docs/_posts/2016-02-02-a-tool-2.0.markdown': post('2.0', '2016-02-02'),
    'docs/_tutorials/01-begin.md': page,
  },
  url: 'https://tool.example',
  sources: [['docs/_posts', '/news/{year}/{month}/{day}/{slug}/']],
  pages: {
    'docs/_posts/2015-01-01-a-tool-1.0.markdown': '/news/2015/01/01/a-tool-1.0/',
    'docs/_posts/2016-02-02-a-tool-2.0.markdown': '/news/2016/02/02/a-tool-2.0/',
  },
};

const mkdocs: SampleBlog = {
  name: 'MkDocs with Material’s blog, whose addresses are made of titles',
  generator: 'MkDocs',
  files: {
    'mkdocs.yml': `site_name: Loom
site_url: https://loom.example/handbook/
site_author: Example Author
theme: { name: material, language: en }
plugins:
  - search
  - blog
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
extra: { key: !ENV KEY }
`,
    'docs/index.md': '# Loom\n',
    'docs/blog/index.md': '# Blog\n',
    'docs/blog/.authors.yml': 'authors: {}\n',
    'docs/blog/posts/warp.md':
      '---\ndate: 2023-07-08\ncategories: [Weaving]\n---\n\n# Warp & weft, again\n\nThreads.\n',
    'docs/blog/posts/2023/shuttle.md':
      '---\ndate:\n  created: 2023-08-09\n  updated: 2024-01-01\nslug: the-shuttle\n---\n\n# A shuttle\n\nThrown.\n',
  },
  url: 'https://loom.example/handbook',
  sources: [['docs/blog/posts', '/handbook/blog/{year}/{month}/{day}/{title}/']],
  pages: {
    'docs/blog/posts/warp.md': '/blog/2023/07/08/warp-weft-again/',
    'docs/blog/posts/2023/shuttle.md': '/blog/2023/08/09/the-shuttle/',
  },
};

const pelican: SampleBlog = {
  name: 'Pelican, with metadata that no line fences and a config for publishing',
  generator: 'Pelican',
  files: {
    'pelicanconf.py': `#!/usr/bin/env python
AUTHOR = u"Example Author"
SITENAME = u"Beaks"
SITEURL = ''
PATH = 'content'
TIMEZONE = 'Europe/Paris'
DEFAULT_LANG = 'en'
ARTICLE_URL = '{date:%Y}/{date:%m}/{slug}/'
ARTICLE_SAVE_AS = '{date:%Y}/{date:%m}/{slug}/index.html'
`,
    'publishconf.py':
      "from pelicanconf import *\nSITEURL = 'https://beaks.example'\nFEED_ALL_ATOM = 'feeds/all.atom.xml'\n",
    'content/birds/heron.md':
      'Title: The heron: a study\nDate: 2018-09-10 11:00\nTags: birds, water\nCategory: Birds\n\nIt stands.\n',
    'content/birds/crane.md':
      'Title: Crane\nSlug: common-crane\nDate: 2018-10-11\nSummary: It dances.\n\nIt dances.\n',
    'content/pages/about.md': 'Title: About\n\nMe.\n',
  },
  url: 'https://beaks.example',
  sources: [['content/birds', '/{year}/{month}/{title}/']],
  pages: {
    'content/birds/heron.md': '/2018/09/the-heron-a-study/',
    'content/birds/crane.md': '/2018/10/common-crane/',
  },
};

const quarto: SampleBlog = {
  name: 'Quarto, with a folder for each post',
  generator: 'Quarto',
  files: {
    '_quarto.yml': `project: { type: website, output-dir: _site }
website:
  title: Sediment
  site-url: https://sediment.example
  description: Layers.
lang: en
`,
    'index.qmd': '---\ntitle: Sediment\nlisting: { contents: posts }\n---\n',
    'posts/_metadata.yml': 'freeze: true\n',
    'posts/silt/index.qmd': post('Silt', '2024-04-05', 'author: Example Author', 'categories: [mud]'),
    'posts/2024-05-06-clay/index.qmd': post('Clay', '2024-05-06'),
    'posts/loam.qmd': post('Loam', '2024-06-07'),
  },
  url: 'https://sediment.example',
  sources: [['posts', '/posts/{name}/']],
  pages: {
    'posts/silt/index.qmd': '/posts/silt/',
    'posts/2024-05-06-clay/index.qmd': '/posts/2024-05-06-clay/',
    'posts/loam.qmd': '/posts/loam.html',
  },
};

const quartoDates: SampleBlog = {
  name: 'Quarto with folders for years, months and days, and papers beside the blog',
  generator: 'Quarto',
  files: {
    '_quarto.yml': 'website: { title: Varve, site-url: "https://varve.example" }\n',
    'blog/index.qmd': '---\ntitle: Blog\nlisting: { contents: "**/index.qmd" }\n---\n',
    'blog/2022/06/23/long-labels/index.qmd': post('Long labels', '2022-06-23'),
    'blog/2025/07/03/open-files/index.qmd': post('Open files', '2025-07-03'),
    'research/one-2024/index.qmd': post('A paper', '2024-01-02'),
    'research/two-2024/index.qmd': post('Another paper', '2024-01-02'),
  },
  url: 'https://varve.example',
  sources: [['blog', '/blog/{folder}/{slug}/']],
  others: ['research'],
  pages: {
    'blog/2022/06/23/long-labels/index.qmd': '/blog/2022/06/23/long-labels/',
    'blog/2025/07/03/open-files/index.qmd': '/blog/2025/07/03/open-files/',
  },
};

const jekyllDots: SampleBlog = {
  name: 'Jekyll with a dot after the day of its dates, and names in other scripts',
  generator: 'Jekyll',
  files: {
    '_config.yml':
      'theme: jekyll-theme-chirpy\nurl: "https://Gull.example"\ntitle: 갈매기\ntimezone: Asia/Seoul\nsocial: { name: Example Author }\ndefaults:\n  - scope: { path: "", type: posts }\n    values: { permalink: /posts/:title/ }\n',
    '_posts/2022/2022-10-01-Tide-Table.md': post('⛏️ 조석표', '2022-10-01. 08:42', 'categories: ⛏️Sea 🕯️Sky'),
    '_posts/2022/2022-07-08-Gulls.md': post('갈매기', '2022-07-08. 14:31', 'tags : Sea Sky'),
  },
  url: 'https://gull.example',
  sources: [['_posts', '/posts/{slug}/']],
  pages: {
    '_posts/2022/2022-10-01-Tide-Table.md': '/posts/Tide-Table/',
    '_posts/2022/2022-07-08-Gulls.md': '/posts/Gulls/',
  },
};

/** Blogs made with generators in Ruby and Python, and with Quarto. */
export const rubyAndPython: readonly SampleBlog[] = [
  jekyllCategories,
  jekyllTheme,
  jekyllInDocs,
  mkdocs,
  pelican,
  quarto,
  quartoDates,
  jekyllDots,
];
