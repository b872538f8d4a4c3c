import type { LanguageRegistration } from 'shiki/core';

/** A language that code is coloured in: its grammar, loaded when first needed, and the names that posts give it. */
interface Language {
  readonly names: string;
  readonly load: () => Promise<{ readonly default: LanguageRegistration[] }>;
}

/** The languages of posts about software, each by the names that Rouge and GitHub know it by. */
const languages: readonly Language[] = [
  { names: 'tsx jsx js javascript mjs cjs ts typescript', load: () => import('shiki/langs/tsx.mjs') },
  { names: 'json jsonc json5', load: () => import('shiki/langs/jsonc.mjs') },
  { names: 'yaml yml', load: () => import('shiki/langs/yaml.mjs') },
  { names: 'toml', load: () => import('shiki/langs/toml.mjs') },
  { names: 'ini dosini conf cfg dotenv env', load: () => import('shiki/langs/ini.mjs') },
  { names: 'bash sh shell zsh ksh', load: () => import('shiki/langs/bash.mjs') },
  {
    names: 'console shellsession shell-session terminal',
    load: () => import('shiki/langs/shellsession.mjs'),
  },
  { names: 'powershell ps1 pwsh', load: () => import('shiki/langs/powershell.mjs') },
  { names: 'docker dockerfile', load: () => import('shiki/langs/docker.mjs') },
  { names: 'make makefile', load: () => import('shiki/langs/make.mjs') },
  { names: 'nginx', load: () => import('shiki/langs/nginx.mjs') },
  { names: 'hcl terraform tf', load: () => import('shiki/langs/hcl.mjs') },
  { names: 'html', load: () => import('shiki/langs/html.mjs') },
  { names: 'xml svg', load: () => import('shiki/langs/xml.mjs') },
  { names: 'css', load: () => import('shiki/langs/css.mjs') },
  { names: 'scss sass', load: () => import('shiki/langs/scss.mjs') },
  { names: 'vue', load: () => import('shiki/langs/vue.mjs') },
  { names: 'svelte', load: () => import('shiki/langs/svelte.mjs') },
  { names: 'astro', load: () => import('shiki/langs/astro.mjs') },
  { names: 'markdown md', load: () => import('shiki/langs/markdown.mjs') },
  { names: 'liquid', load: () => import('shiki/langs/liquid.mjs') },
  { names: 'diff patch', load: () => import('shiki/langs/diff.mjs') },
  { names: 'sql mysql postgresql psql', load: () => import('shiki/langs/sql.mjs') },
  { names: 'graphql gql', load: () => import('shiki/langs/graphql.mjs') },
  { names: 'python py python3', load: () => import('shiki/langs/python.mjs') },
  { names: 'ruby rb', load: () => import('shiki/langs/ruby.mjs') },
  { names: 'php', load: () => import('shiki/langs/php.mjs') },
  { names: 'go golang', load: () => import('shiki/langs/go.mjs') },
  { names: 'rust rs', load: () => import('shiki/langs/rust.mjs') },
  { names: 'zig', load: () => import('shiki/langs/zig.mjs') },
  { names: 'c h', load: () => import('shiki/langs/c.mjs') },
  { names: 'cpp c++ cc hpp', load: () => import('shiki/langs/cpp.mjs') },
  { names: 'csharp c# cs', load: () => import('shiki/langs/csharp.mjs') },
  { names: 'java', load: () => import('shiki/langs/java.mjs') },
  { names: 'kotlin kt', load: () => import('shiki/langs/kotlin.mjs') },
  { names: 'scala', load: () => import('shiki/langs/scala.mjs') },
  { names: 'swift', load: () => import('shiki/langs/swift.mjs') },
  { names: 'dart', load: () => import('shiki/langs/dart.mjs') },
  { names: 'elixir ex exs', load: () => import('shiki/langs/elixir.mjs') },
  { names: 'haskell hs', load: () => import('shiki/langs/haskell.mjs') },
  { names: 'clojure clj', load: () => import('shiki/langs/clojure.mjs') },
  { names: 'lua', load: () => import('shiki/langs/lua.mjs') },
  { names: 'r', load: () => import('shiki/langs/r.mjs') },
  { names: 'julia jl', load: () => import('shiki/langs/julia.mjs') },
  { names: 'perl pl', load: () => import('shiki/langs/perl.mjs') },
];

/** The language of a name that a post gives, in any letter case; undefined for one that is shown without colours. */
export function findLanguage(name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return languages.find(({ names }) => names.split(' ').includes(wanted));
}
