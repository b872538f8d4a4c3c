import { Option } from 'commander';
import { ledgerVerbs } from './ledger-verbs.ts';
import { at, target, take, refresh, again, recapture, allowPrivate, maxWait } from './shared-options.ts';
import type { CataloguedVerb } from './verb.ts';
import {
  common,
  list,
  planWords,
  readMailAddress,
  readPatience,
  readPort,
  readSeconds,
  text,
} from './words.ts';

/** Every verb, in the order that the help has. */
export const verbs: readonly CataloguedVerb[] = [
  {
    usage: 'init [dir]',
    summary: 'write config, workflows and a first post into a blog’s folder; overwrites nothing',
    options: [
      new Option('--url <url>', 'the site’s address, if no file there says it'),
      new Option('--title <title>', 'the site’s title'),
      new Option('--posts <dir>', 'the folder the posts are in'),
      new Option('--letters <dir>', 'begin a folder of letters, with a welcome sequence of three'),
      new Option('--canonical <template>', 'the address of a post’s page, such as /blog/{slug}/'),
      new Option('--timezone <zone>', 'the time zone you write in, such as Europe/London'),
      new Option(
        '--repository <address>',
        'where the workflows get Broadside from: OWNER/REPO or an address, then @ and a whole commit id; by default, where this program came from',
      ),
      new Option(
        '--package <name>',
        'the npm package that the workflows install, in the version of this program; by default, the package that this program came from',
      ).conflicts('repository'),
      new Option('--built <dir>', 'the folder of the built site, to check the addresses against'),
      new Option('--offline', 'do not check the addresses against the live site'),
      new Option('--yes', 'ask nothing: use what is found, and defaults for the rest'),
      new Option('--without-workflows', 'write no workflows for GitHub Actions'),
    ],
    example: 'broadside init --url https://example.com',
    run: async (words, options, shell) =>
      (await import('./init/init.ts')).runInit(
        {
          ...common(options),
          folder: text(words[0]) ?? '.',
          url: text(options['url']),
          title: text(options['title']),
          posts: text(options['posts']),
          letters: text(options['letters']),
          canonical: text(options['canonical']),
          timezone: text(options['timezone']),
          repository: text(options['repository']),
          package: text(options['package']),
          built: text(options['built']),
          offline: options['offline'] === true,
          yes: options['yes'] === true,
          workflows: options['withoutWorkflows'] !== true,
        },
        shell,
      ),
  },
  {
    usage: 'check [post...]',
    summary: 'try every rule of every target on every post; no network, no secrets',
    options: [
      new Option('--all', 'a line for every fault, even in posts that publish leaves out'),
      new Option('--against <dir>', 'compare the posts with the site that was built into this folder'),
      at,
    ],
    example: 'broadside check posts/my-post.md',
    run: async (words, options, shell) => {
      const given = { ...common(options), posts: list(words[0]) };
      const against = text(options['against']);
      if (against !== undefined)
        return (await import('./check/against.ts')).runAgainst({ ...given, against }, shell);
      return (await import('./check/check.ts')).runCheck({ ...given, all: options['all'] === true }, shell);
    },
  },
  {
    usage: 'build',
    summary: 'write the feeds and every rendition to disk; no network, no ledger',
    options: [
      new Option('--out <dir>', 'the folder to write to').default('out'),
      new Option('--into <dir>', 'write only the feeds, into the folder of the built site').conflicts('out'),
      at,
    ],
    example: 'broadside build --into public',
    run: async (_words, options, shell) =>
      (await import('./build.ts')).runBuild(
        { ...common(options), out: String(options['out']), into: text(options['into']) },
        shell,
      ),
  },
  {
    usage: 'render <post>',
    summary: 'print what one target would show of one post',
    options: [new Option('--target <name>', 'the target').makeOptionMandatory(), at],
    example: 'broadside render my-post --target devto',
    run: async (words, options, shell) =>
      (await import('./render.ts')).runRender(
        { ...common(options), post: String(words[0]), target: String(options['target']) },
        shell,
      ),
  },
  {
    usage: 'plan [post...]',
    summary: 'show what publish would do now, and why',
    options: [
      target,
      take,
      refresh,
      again,
      recapture,
      new Option('--out <file>', 'save the plan, for "publish --plan"'),
      new Option('--calendar <file>', 'write what is scheduled as an iCalendar file'),
      new Option('--detailed-exitcode', 'exit with 2 when there is something to send and nothing is wrong'),
      at,
    ],
    example: 'broadside plan my-post --target devto --out plan.json',
    run: async (words, options, shell) =>
      (await import('./plan.ts')).runPlan(
        {
          ...planWords(words, options),
          out: text(options['out']),
          calendar: text(options['calendar']),
          detailedExitcode: options['detailedExitcode'] === true,
        },
        shell,
      ),
  },
  {
    usage: 'publish [post...]',
    summary: 'do what plan shows',
    options: [
      target,
      take,
      refresh,
      again,
      recapture,
      new Option('--plan <file>', 'do what this plan holds, and nothing else').conflicts([
        'target',
        'take',
        'refresh',
        'again',
        'recapture',
      ]),
      maxWait,
    ],
    example: 'broadside publish --plan plan.json',
    run: async (words, options, shell) =>
      (await import('./publish.ts')).runPublish(
        { ...planWords(words, options), plan: text(options['plan']), maxWait: Number(options['maxWait']) },
        shell,
      ),
  },
  {
    usage: 'rehearse [post...]',
    summary: 'publish to local stand-ins of every target, with a ledger of its own; no account needed',
    options: [
      target,
      take,
      refresh,
      recapture,
      at,
      new Option('--serve', 'keep the stand-ins running, to look at the copies'),
    ],
    example: 'broadside rehearse --serve',
    run: async (words, options, shell) =>
      (await import('./rehearse/rehearse.ts')).runRehearse(
        { ...planWords(words, options), serve: options['serve'] === true },
        shell,
      ),
  },
  {
    usage: 'preview [post]',
    summary: 'show every copy in the browser as its readers will see it, while you write; sends nothing',
    options: [
      new Option('--out <dir>', 'write it as files that need no server, instead of opening it'),
      new Option('--all', 'with --out: write every post, however many there are'),
      new Option('--port <number>', 'the port to serve it on; by default, a free one').argParser(readPort),
      new Option('--no-open', 'do not open the browser'),
      at,
    ],
    example: 'broadside preview my-post',
    run: async (words, options, shell) =>
      (await import('./preview.ts')).runPreview(
        {
          ...common(options),
          post: text(words[0]),
          out: text(options['out']),
          all: options['all'] === true,
          port: Number(options['port'] ?? 0),
          open: options['open'] !== false,
        },
        shell,
      ),
  },
  {
    usage: 'status [post...]',
    summary: 'show where every copy stands',
    options: [new Option('--remote', 'ask the targets too, and show what was edited there'), at],
    example: 'broadside status --remote',
    run: async (words, options, shell) =>
      (await import('./status.ts')).runStatus(
        { ...common(options), posts: list(words[0]), remote: options['remote'] === true },
        shell,
      ),
  },
  ...ledgerVerbs,
  {
    usage: 'send-test <letter>',
    summary: 'mail one letter to yourself through the server in SMTP_URL',
    options: [
      new Option('--to <address>', 'the address to mail it to')
        .makeOptionMandatory()
        .argParser(readMailAddress),
      new Option('--from <address>', 'the sender’s address; by default, the same').argParser(readMailAddress),
    ],
    example: 'broadside send-test welcome-1 --to me@example.com',
    run: async (words, options, shell) =>
      (await import('./send-test/send-test.ts')).runSendTest(
        {
          ...common(options),
          letter: String(words[0]),
          to: String(options['to']),
          from: text(options['from']),
        },
        shell,
      ),
  },
  {
    usage: 'announce',
    summary: 'tell the feeds’ WebSub hub what has changed, once the new bytes are served',
    options: [
      target,
      new Option('--max-wait <seconds>', 'wait at most this long in all until they are served')
        .default(300)
        .argParser(readSeconds),
    ],
    example: 'broadside announce --max-wait 600',
    run: async (_words, options, shell) =>
      (await import('./announce.ts')).runAnnounce(
        { ...common(options), target: text(options['target']), maxWait: Number(options['maxWait']) },
        shell,
      ),
  },
  {
    usage: 'doctor',
    summary: 'check credentials, their age, API versions and connections; says what each will need, and when',
    options: [target],
    example: 'broadside doctor',
    run: async (_words, options, shell) =>
      (await import('./doctor.ts')).runDoctor({ ...common(options), target: text(options['target']) }, shell),
  },
  {
    usage: 'auth <target>',
    summary: 'sign in to a target in a browser, and store the token it gives',
    options: [
      new Option('--store <place>', 'store it as a secret of a GitHub environment, with gh').choices(['gh']),
      new Option('--env <name>', 'the name of that environment').default('broadside'),
      new Option('--repo <owner/name>', 'its repository; by default, that of this folder'),
      new Option('--out <file>', 'write it to a new file that only you can read'),
      new Option('--print', 'print it to standard output'),
      new Option('--no-browser', 'print the address, and open no browser'),
      new Option('--port <number>', 'the port of the redirect address').default(8917).argParser(readPort),
      new Option('--timeout <seconds>', 'how long to wait for you').default(300).argParser(readPatience),
    ],
    example: 'broadside auth linkedin --store gh',
    run: async (words, options, shell) =>
      (await import('./auth/auth.ts')).runAuth(
        {
          ...common(options),
          target: String(words[0]),
          gh: options['store'] === 'gh',
          environment: String(options['env']),
          repository: text(options['repo']),
          out: text(options['out']),
          print: options['print'] === true,
          browser: options['browser'] !== false,
          port: Number(options['port']),
          timeout: Number(options['timeout']),
        },
        shell,
      ),
  },
  {
    usage: 'dashboard',
    summary: 'show what is out, next, held and wrong; or keep that up to date as an issue with boxes to tick',
    options: [
      new Option(
        '--issue',
        'in a job of GitHub Actions: keep it as an issue, and do what its ticked boxes ask for if an edit started the job',
      ),
      new Option('--workflow <file>', 'the workflow that publishes; by default, the one that is running'),
    ],
    example: 'broadside dashboard',
    run: async (_words, options, shell) =>
      (await import('./dashboard/dashboard.ts')).runDashboard(
        {
          config: common(options).config,
          issue: options['issue'] === true,
          workflow: text(options['workflow']),
        },
        shell,
      ),
  },
  {
    usage: 'audit <feed>',
    summary:
      'compare what is published in a feed of copies (file, URL, or -) with your posts; changes nothing',
    options: [allowPrivate],
    example: 'broadside audit https://dev.to/feed/your-name',
    run: async (words, options, shell) =>
      (await import('./audit.ts')).runAudit(
        {
          ...common(options),
          feed: String(words[0]),
          allowPrivate: options['allowPrivate'] === true,
        },
        shell,
      ),
  },
  {
    usage: 'import <feed>',
    summary:
      'write the posts of a feed or of another platform’s export (file, folder, URL, or -) as markdown',
    options: [
      new Option('--out <dir>', 'the folder to write to').makeOptionMandatory(),
      new Option('--force', 'overwrite files that exist'),
      new Option('--images', 'save pictures beside the posts; each post then gets a folder'),
      new Option('--site <url>', 'the address of the blog, if the export does not give it'),
      allowPrivate,
    ],
    example: 'broadside import https://example.com/feed.xml --out posts',
    run: async (words, options, shell) =>
      (await import('./import/import.ts')).runImport(
        {
          ...common(options),
          feed: String(words[0]),
          out: String(options['out']),
          force: options['force'] === true,
          images: options['images'] === true,
          site: text(options['site']),
          allowPrivate: options['allowPrivate'] === true,
        },
        shell,
      ),
  },
];
