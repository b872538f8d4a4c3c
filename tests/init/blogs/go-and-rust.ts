import { page, post, type SampleBlog, tomlPost } from './define.ts';

const hugoLanguages: SampleBlog = {
  name: 'Hugo with a folder of content for each language, and dates in the names of files',
  generator: 'Hugo',
  files: {
    'hugo.toml': `baseURL = "https://harbour.example"
title = "Harbour"
contentDir = "content/en"
defaultContentLanguage = "en"
theme = ["docs"]
[frontmatter]
date = ["date", ":filename", "publishDate"]
[permalinks]
blog = "/:section/:year/:month/:day/:slug/"
[languages]
[languages.en]
title = "Harbour"
[languages.de]
title = "Hafen"
contentDir = "content/de"
[languages.fr]
contentDir = "content/fr"
`,
    'content/en/_index.html': '<h1>Harbour</h1>',
    'content/en/docs/anchors.md': page,
    'content/en/docs/ropes.md': post('Ropes', '2019-01-01'),
    'content/en/blog/_index.md': page,
    'content/en/blog/_posts/2023-04-05-tides.md': post('High tides', '2023-04-05', 'slug: tides'),
    'content/en/blog/_posts/2023-06-07-Winches/index.md': post('Winches and cranes', '2023-06-07'),
    'content/en/blog/_posts/2023-07-08-Capstans.md': post('Capstans', undefined),
    'content/en/blog/_posts/2024-02-03-locks.md': post('Locks', '2024-02-03', 'slug: locks-of-the-canal'),
    'content/de/blog/_posts/2023-04-05-tides.md': post('Gezeiten', '2023-04-05', 'slug: gezeiten'),
    'content/fr/docs/anchors.md': page,
  },
  url: 'https://harbour.example',
  sources: [
    ['content/en/blog', '/blog/{year}/{month}/{day}/{title}/'],
    ['content/de/blog', '/de/blog/{year}/{month}/{day}/{slug}/', 'de'],
  ],
  pages: {
    'content/en/blog/_posts/2023-04-05-tides.md': '/blog/2023/04/05/tides/',
    'content/en/blog/_posts/2023-06-07-Winches/index.md': '/blog/2023/06/07/winches-and-cranes/',
    'content/en/blog/_posts/2023-07-08-Capstans.md': '/blog/2023/07/08/capstans/',
    'content/en/blog/_posts/2024-02-03-locks.md': '/blog/2024/02/03/locks-of-the-canal/',
    'content/de/blog/_posts/2023-04-05-tides.md': '/de/blog/2023/04/05/gezeiten/',
  },
};

const hugoConfigFolder: SampleBlog = {
  name: 'Hugo with a config for production, capitals in names, and posts sorted into folders',
  generator: 'Hugo',
  files: {
    'config/_default/config.yaml': 'baseURL: http://localhost:1313/\ntitle: Peat\n',
    'config/production/config.yaml': 'baseURL: https://peat.example/notes/\n',
    'config/_default/params.toml': 'description = "Bogs."\n[author]\nname = "Example Author"\n',
    'content/post/2017/Sphagnum.md': tomlPost('Sphagnum', '2017-03-08T10:00:00Z'),
    'content/post/2017/2017-03-08-index.md': tomlPost('An index of mosses', '2017-03-08T12:00:00Z'),
    'content/post/2018/My Bog Walk/index.md': tomlPost('My bog walk', '2018-05-01'),
    'content/post/2018/My Bog Walk/notes.md': 'Left over.\n',
    'content/about.md': page,
  },
  url: 'https://peat.example/notes',
  sources: [['content/post', '/notes/post/{folder}/{name:lower}/']],
  pages: {
    'content/post/2017/Sphagnum.md': '/post/2017/sphagnum/',
    'content/post/2017/2017-03-08-index.md': '/post/2017/2017-03-08-index/',
    'content/post/2018/My Bog Walk/index.md': '/post/2018/my-bog-walk/',
  },
};

const hugoSuffixes: SampleBlog = {
  name: 'Hugo with translations beside their originals, and pages that end in .html',
  generator: 'Hugo',
  files: {
    'config.toml': `baseurl = "https://example.org/"
title = "Two tongues"
uglyURLs = true
[languages.en]
[languages.fr]
[params]
mainSections = ["essays", "letters"]
`,
    'static/CNAME': 'tongues.example\n',
    'archetypes/default.md': '---\ntitle: "{{ .Name }}"\ndate: {{ .Date }}\n---\n',
    'content/essays/bread.md': post('Bread', '2021-01-02'),
    'content/essays/bread.fr.md': post('Pain', '2021-01-02'),
    'content/essays/salt.md': post('Salt', '2021-02-03'),
    'content/letters/to-a-baker.md': post('To a baker', '2021-03-04'),
  },
  url: 'https://tongues.example',
  sources: [
    ['content/essays', '/{lang?}/essays/{slug}.html'],
    ['content/letters', '/letters/{slug}.html'],
  ],
  pages: {
    'content/essays/bread.md': '/essays/bread.html',
    'content/essays/bread.fr.md': '/fr/essays/bread.html',
    'content/essays/salt.md': '/essays/salt.html',
    'content/letters/to-a-baker.md': '/letters/to-a-baker.html',
  },
};

const zola: SampleBlog = {
  name: 'Zola, whose config and folders look like Hugo’s, with dates in the names',
  generator: 'Zola',
  files: {
    'config.toml': `base_url = "https://engine.example"
title = "Engine"
default_language = "en"
generate_feeds = true
[extra]
author = "Example Author"
`,
    'content/_index.md': '+++\n+++\n',
    'content/news/_index.md': '+++\nsort_by = "date"\n+++\n',
    'content/news/2020-08-10-first-light/index.md': tomlPost('First light', '2020-08-10'),
    'content/news/2021-04-06-Second-Wind/index.md': tomlPost('Second wind', '2021-04-06'),
    'content/news/2022-01-08-third-time.md': tomlPost('Third time', '2022-01-08', 'slug = "third"'),
    'content/learn/_index.md': '+++\n+++\n',
    'content/learn/start.md': '+++\ntitle = "Start"\n+++\n',
    'themes/plain/theme.toml': 'name = "plain"\n',
    'static/robots.txt': 'User-agent: *\n',
  },
  url: 'https://engine.example',
  sources: [['content/news', '/news/{slug:lower}/']],
  pages: {
    'content/news/2020-08-10-first-light/index.md': '/news/first-light/',
    'content/news/2021-04-06-Second-Wind/index.md': '/news/second-wind/',
    'content/news/2022-01-08-third-time.md': '/news/third/',
  },
};

const zolaFlat: SampleBlog = {
  name: 'Zola with posts at the top and a translation',
  generator: 'Zola',
  files: {
    'zola.toml': 'base_url = "https://flat.example/log"\ntitle = "Flat"\n[languages.sv]\ntitle = "Platt"\n',
    'content/oars.md': tomlPost('Oars', '2022-02-02'),
    'content/oars.sv.md': tomlPost('Åror', '2022-02-02'),
    'content/sails.md': tomlPost('Sails', '2022-03-03'),
  },
  url: 'https://flat.example/log',
  sources: [['content', '/log/{lang?}/{slug}/']],
  pages: {
    'content/oars.md': '/oars/',
    'content/oars.sv.md': '/sv/oars/',
    'content/sails.md': '/sails/',
  },
};

const zolaTop: SampleBlog = {
  name: 'Zola with most posts at the top, a section of further ones, and paths of their own',
  generator: 'Zola',
  files: {
    'zola.toml': 'base_url = "https://rivet.example"\ngenerate_feeds = true\n',
    'content/_index.md': '+++\ntitle = "Rivet"\n+++\n',
    'content/Rivet-1.83.0.md': tomlPost('Rivet 1.83.0', '2024-11-28', 'path = "2024/11/28/Rivet-1.83.0"'),
    'content/this-month.md': tomlPost('This month', '2024-12-16', 'path = "2024/12/16/month"'),
    'content/next-month.md': tomlPost('Next month', '2025-01-16', 'path = "2025/01/16/month"'),
    'content/inside/_index.md': '+++\ntitle = "Inside"\n+++\n',
    'content/inside/tokens/index.md': tomlPost('Tokens', '2023-05-09', 'path = "inside/tokens"'),
    'content/inside/teams@0.md': tomlPost('Teams', '2023-06-09', 'path = "inside/teams"'),
  },
  url: 'https://rivet.example',
  sources: [['content', '/{slug}/']],
  pages: {
    'content/Rivet-1.83.0.md': '/2024/11/28/Rivet-1.83.0/',
    'content/this-month.md': '/2024/12/16/month/',
    'content/next-month.md': '/2025/01/16/month/',
    'content/inside/tokens/index.md': '/inside/tokens/',
    'content/inside/teams@0.md': '/inside/teams/',
  },
};

/** Blogs made with generators in Go and Rust. */
export const goAndRust: readonly SampleBlog[] = [
  hugoLanguages,
  hugoConfigFolder,
  hugoSuffixes,
  zola,
  zolaFlat,
  zolaTop,
];
