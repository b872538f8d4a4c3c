/** A room: a folder of `src`. */
export interface Room {
  /** What is in it, for people. */
  readonly holds: string;
  /** The rooms it may import beside itself. */
  readonly imports: readonly string[];
  /**
   * The files that know a clock, chance, the network, the disk or the environment: patterns below the room. Every other file is
   * pure, and one that is named without a wildcard has to reach for something.
   */
  readonly reaching?: readonly string[];
}

const reading = ['model', 'base', 'reading'];
const blog = [...reading, 'transform', 'mailing', 'pages', 'sources', 'targets', 'config', 'blog'];

/** Who may import whom. The linter reads this table, and docs/architecture.md shows it. */
export const rooms: Readonly<Record<string, Room>> = {
  model: { holds: 'the words of the field, as types', imports: [] },
  base: {
    holds: 'what every room may use: errors, digests, the shell, the memo, writing files, HTTP',
    imports: ['model'],
    reaching: [
      '{code-folder,compile-cache,file-parts,memo,tune-engine,stay-inside,write-documents,write-file}.ts',
      'http/{client,exchange,explain-refusal,fetch-document,private-networks}.ts',
    ],
  },
  reading: {
    holds: 'text to a tree: front matter, markdown and what blogs add to it, HTML',
    imports: ['model', 'base'],
  },
  transform: { holds: 'changes to a tree that several targets share', imports: reading },
  views: {
    holds:
      'what readers of a platform see: documents for a frame, which the targets’ views and the stand-ins share',
    imports: reading,
    reaching: ['{draw-tex,tex-fonts}.ts'],
  },
  mailing: {
    holds:
      'what targets that mail share: a letter as HTML and plain text for mail, its merge tags, what is wrong with it',
    imports: [...reading, 'transform', 'views'],
  },
  pages: {
    holds: 'the site’s own page of a post: finding the article in it, and what only the page knows',
    imports: [...reading, 'transform'],
  },
  sources: {
    holds: 'where posts come from, one folder for each kind',
    imports: [...reading, 'transform'],
    reaching: [
      'feed/{exports/read-export,index,load-feed,read-feed-word,remember-feed,save-images}.ts',
      'markdown/{compose-post,digest-content,find-files,find-hugo-page,find-resource,follow-link,index,load-post}.ts',
      'markdown/{name-files,options,parse-apart,parse-worker,post-memo,read-content,read-head,read-heading}.ts',
      'markdown/{read-text,show-path,site-values,twin-files,variants,walk-folder}.ts',
    ],
  },
  targets: {
    holds: 'where copies go, one folder for each kind: its options, what it shows, its rules, its client',
    imports: [...reading, 'transform', 'mailing', 'views'],
    reaching: ['*/client{.ts,/**}'],
  },
  config: {
    holds: 'config/broadside.yaml, read and checked',
    imports: [...reading, 'mailing', 'sources', 'targets'],
    reaching: ['{check-feed-ids,check-once,feed-ids,load,outside-paths,read-text}.ts'],
  },
  blog: {
    holds: 'every post of every source as one blog: series, who may go where, what is wrong',
    imports: blog,
    reaching: [
      '{audit-posts,compare-site,find-page,find-site-file,load,locate-pictures,look-at-pages,page-shelf,remembered-faults,take-pieces}.ts',
    ],
  },
  ledger: {
    holds: 'what is where: lines that are only ever added, in files, on a git branch or in a database',
    imports: ['model', 'base'],
    reaching: [
      '{attempt,file,git-changes,git-home,git-objects,git-sight,git-store,git,known-places,known}.ts',
      '{lies-in-repository,lock,open-memo,open,postgres-database,postgres-turns,postgres,run-git,store-git}.ts',
    ],
  },
  plan: {
    holds: 'what publish would do, worked out from posts, ledger and time; and doing it',
    imports: [...blog, 'ledger'],
    reaching: [
      '{adopt-copies,announce-feed,apply,await-served,gather-grounds,kept-copies,pace,plan-feed,plan-file,prepare}.ts',
      '{publish-twice,read-copies,record-by-hand,record-sending,remembered-items,resolve-copy,retract-copy}.ts',
      '{tell-hub,written-files}.ts',
    ],
  },
  workbench: {
    holds: 'what a plan is made with, opened as the config says: ledger, git, accounts, the site’s pages',
    imports: [...blog, 'ledger', 'plan'],
    reaching: ['{open,posts-commit}.ts'],
  },
  report: {
    holds: 'what a person or GitHub is shown',
    imports: [...blog, 'plan'],
    reaching: ['{tell-github,tell-plan}.ts', 'dashboard/github.ts'],
  },
  preview: {
    holds: 'the page in the browser that shows every copy before it goes out, and the same as files',
    imports: [...blog, 'ledger', 'plan', 'workbench', 'report', 'views'],
    reaching: [
      'app/**',
      '{app-files,follow-changes,gather,look-at-ledger,look-for-faults,open-bench,open-instants,open-preview,record-copy}.ts',
      '{serve,show-fault,show-letter,show-pictures,show-post,watch-blog,write-files}.ts',
    ],
  },
  rehearsal: {
    holds: 'stand-ins of the platforms, as strict as their documents',
    imports: [...reading, 'views'],
    reaching: ['**'],
  },
  init: {
    holds:
      'what a blog’s own files say about it, one file for each generator; and the files that init writes',
    imports: reading,
    reaching: ['workflows.ts'],
  },
  commands: {
    holds: 'the verbs: each reads its words, calls, prints',
    imports: [...blog, 'ledger', 'plan', 'workbench', 'report', 'preview', 'rehearsal', 'init'],
    reaching: ['**'],
  },
};
