/** A room: a folder of `src`. */
export interface Room {
  /** What is in it, for people. */
  readonly holds: string;
  /** The rooms it may import beside itself. */
  readonly imports: readonly string[];
  /** The files that know no clock, chance, network, disk or environment: patterns below the room, `!` takes out again. */
  readonly pure?: readonly string[];
}

const reading = ['model', 'base', 'reading'];
const blog = [...reading, 'transform', 'mailing', 'pages', 'sources', 'targets', 'config', 'blog'];

/** Who may import whom. The linter reads this table, and docs/architecture.md shows it. */
export const rooms: Readonly<Record<string, Room>> = {
  model: { holds: 'the words of the field, as types', imports: [], pure: ['**'] },
  base: {
    holds: 'what every room may use: errors, digests, the shell, the memo, writing files, HTTP',
    imports: ['model'],
    pure: [
      'errors.ts',
      'digest.ts',
      'escape-html.ts',
      'once.ts',
      'media-types.ts',
      'normal-form.ts',
      'read-instant.ts',
      'quote-word.ts',
      'safe-name.ts',
      'terminal.ts',
      'http/loopback.ts',
    ],
  },
  reading: {
    holds: 'text to a tree: front matter, markdown and what blogs add to it, HTML',
    imports: ['model', 'base'],
    pure: ['**'],
  },
  transform: { holds: 'changes to a tree that several targets share', imports: reading, pure: ['**'] },
  views: {
    holds:
      'what readers of a platform see: documents for a frame, which the targets’ views and the stand-ins share',
    imports: reading,
    pure: ['**', '!{draw-tex,tex-fonts}.ts'],
  },
  mailing: {
    holds:
      'what targets that mail share: a letter as HTML and plain text for mail, its merge tags, what is wrong with it',
    imports: [...reading, 'transform', 'views'],
    pure: ['**'],
  },
  pages: {
    holds: 'the site’s own page of a post: finding the article in it, and what only the page knows',
    imports: [...reading, 'transform'],
    pure: ['**'],
  },
  sources: { holds: 'where posts come from, one folder for each kind', imports: [...reading, 'transform'] },
  targets: {
    holds: 'where copies go, one folder for each kind: its options, what it shows, its rules, its client',
    imports: [...reading, 'transform', 'mailing', 'views'],
    pure: ['**', '!index.ts', '!*/client{.ts,/**}'],
  },
  config: {
    holds: 'config/broadside.yaml, read and checked',
    imports: [...reading, 'mailing', 'sources', 'targets'],
  },
  blog: {
    holds: 'every post of every source as one blog: series, who may go where, what is wrong',
    imports: blog,
    pure: ['{order,eligibility,map-series,check-series,tell-apart}.ts'],
  },
  ledger: {
    holds: 'what is where: lines that are only ever added, in files, on a git branch or in a database',
    imports: ['model', 'base'],
    pure: ['{fold,receipts}.ts'],
  },
  plan: {
    holds: 'what publish would do, worked out from posts, ledger and time; and doing it',
    imports: [...blog, 'ledger'],
    pure: [
      '**',
      '!{apply,changed-by-hand,check-plan,connect,decide-copies,feed,foresee,kept-copies,remembered-items,observe,plan-feed,plan-file,prepare}.ts',
      '!{pace,pieces,record-by-hand,record-sending,render-copies,workbench}.ts',
    ],
  },
  workbench: {
    holds: 'what a plan is made with, opened as the config says: ledger, git, accounts, the site’s pages',
    imports: [...blog, 'ledger', 'plan'],
  },
  report: {
    holds: 'what a person or GitHub is shown',
    imports: [...blog, 'plan'],
    pure: ['{calendar,format-plan,markdown}.ts', 'dashboard/**', '!dashboard/github.ts'],
  },
  preview: {
    holds: 'the page in the browser that shows every copy before it goes out, and the same as files',
    imports: [...blog, 'ledger', 'plan', 'workbench', 'report', 'views'],
    pure: ['{define,compare-texts,describe-states,editor-url,list-calendar,local-time}.ts'],
  },
  rehearsal: {
    holds: 'stand-ins of the platforms, as strict as their documents',
    imports: [...reading, 'views'],
  },
  init: {
    holds:
      'what a blog’s own files say about it, one file for each generator; and the files that init writes',
    imports: reading,
    pure: ['**', '!workflows.ts'],
  },
  commands: {
    holds: 'the verbs: each reads its words, calls, prints',
    imports: [...blog, 'ledger', 'plan', 'workbench', 'report', 'preview', 'rehearsal', 'init'],
  },
};
