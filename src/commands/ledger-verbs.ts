import { Option } from 'commander';
import type { LedgerKind } from '../ledger/choice.ts';
import { allowPrivate, maxWait, target } from './shared-options.ts';
import type { CataloguedVerb } from './verb.ts';
import { common, text } from './words.ts';

const ledgerKinds: readonly LedgerKind[] = ['git', 'file', 'postgres'];

/** The verbs with which a person tells the ledger about a copy. */
export const ledgerVerbs: readonly CataloguedVerb[] = [
  {
    usage: 'adopt',
    summary: 'record the copies that already exist, found by canonical URL; publishes nothing',
    options: [
      target,
      new Option(
        '--feed <feed>',
        'instead, keep the ids of an old feed (file or URL), so that its readers see no post as new',
      ).conflicts('target'),
      allowPrivate,
    ],
    example: 'broadside adopt --target devto',
    run: async (_words, options, shell) => {
      const feed = text(options['feed']);
      return feed === undefined
        ? (await import('./adopt/adopt.ts')).runAdopt(
            { ...common(options), target: text(options['target']) },
            shell,
          )
        : (await import('./adopt/adopt-feed.ts')).runAdoptFeed(
            { ...common(options), feed, allowPrivate: options['allowPrivate'] === true },
            shell,
          );
    },
  },
  {
    usage: 'resolve <post> <target>',
    summary: 'say what became of a copy whose outcome is unknown, or where a copy is that you made by hand',
    options: [
      new Option('--url <url>', 'it is there, at this address').conflicts(['notPosted', 'posted']),
      new Option('--posted', 'it is there, and you do not have its address').conflicts('notPosted'),
      new Option('--not-posted', 'it is not there, and may be sent again'),
      new Option(
        '--anyway',
        'take the address even if another copy is recorded there, or this one elsewhere',
      ).conflicts('notPosted'),
    ],
    example:
      'broadside resolve my-post linkedin --url https://www.linkedin.com/feed/update/urn:li:share:7000000000000000000/',
    run: async (words, options, shell) =>
      (await import('./resolve.ts')).runResolve(
        {
          ...common(options),
          post: String(words[0]),
          target: String(words[1]),
          url: text(options['url']),
          posted: options['posted'] === true,
          notPosted: options['notPosted'] === true,
          anyway: options['anyway'] === true,
        },
        shell,
      ),
  },
  {
    usage: 'retract <post>',
    summary: 'take one copy down',
    options: [new Option('--target <name>', 'the target').makeOptionMandatory(), maxWait],
    example: 'broadside retract my-post --target devto',
    run: async (words, options, shell) =>
      (await import('./retract.ts')).runRetract(
        {
          ...common(options),
          post: String(words[0]),
          target: String(options['target']),
          maxWait: Number(options['maxWait']),
        },
        shell,
      ),
  },
  {
    usage: 'move-ledger',
    summary: 'move the ledger from where it was kept before to where the config says now',
    options: [
      new Option('--from <kind>', 'where it was kept before').choices(ledgerKinds).makeOptionMandatory(),
    ],
    example: 'broadside move-ledger --from git',
    run: async (_words, options, shell) => {
      const from = ledgerKinds.find((kind) => kind === options['from']) ?? 'git';
      return (await import('./move-ledger.ts')).runMoveLedger({ ...common(options), from }, shell);
    },
  },
];
