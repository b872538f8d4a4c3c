import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadConfig, type Config } from '../../src/config/load.ts';
import { BroadsideError } from '../../src/base/errors.ts';
import { catchError } from '../local-server.ts';
import { openFolder, root, writeFiles } from '../workspace.ts';

const file = 'config/broadside.yaml';

const sound = `version: 1
site:
  url: https://example.com
  title: Example
  author: { name: Example Author }
sources:
  - { kind: markdown, path: posts }
targets:
  devto: { kind: devto, ai_disclosure: no_ai }
  linkedin: { kind: linkedin }
  feed: { kind: feed }
`;

function load(text: string): Promise<Config> {
  const folder = openFolder();
  writeFiles(folder, { [file]: text });
  return loadConfig(file, folder);
}

/** Puts one text in place of another that the sound config must have. */
function swap(before: string, after: string): string {
  expect(sound).toContain(before);
  return sound.replace(before, () => after);
}

const devto = (options: string): string => swap('ai_disclosure: no_ai', `ai_disclosure: no_ai, ${options}`);
const linkedin = (options: string): string => swap('kind: linkedin', `kind: linkedin, ${options}`);
const feed = (options: string): string => swap('kind: feed', `kind: feed, ${options}`);
const source = (options: string): string => swap('path: posts', options);
const site = (line: string): string => swap('sources:', `  ${line}\nsources:`);

type Fault = readonly [what: string, text: () => string, place: string, message: string];

const wrongKeys: readonly Fault[] = [
  [
    'at the top',
    () => `${sound}maxupdates: 3\n`,
    '12:1',
    '"maxupdates" is not an option. Did you mean "max_updates"?',
  ],
  [
    'in site',
    () => swap('  title', '  titel: E\n  title'),
    '4:3',
    '"titel" is not an option of site. Did you mean "title"?',
  ],
  [
    'in the author',
    () => swap('{ name', '{ nam: E, name'),
    '5:13',
    '"nam" is not an option of site.author. Did you mean "name"?',
  ],
  [
    'in a source',
    () => source('pth: posts'),
    '7:23',
    '"pth" is not an option of sources[0]. Did you mean "path"?',
  ],
  [
    'in a source’s fields',
    () => source('fields: { descripton: spoiler }'),
    '7:33',
    '"descripton" is not an option of sources[0].fields. Did you mean "description"?',
  ],
  [
    'in a target',
    () => devto('noitce: false'),
    '9:47',
    '"noitce" is not an option of targets.devto. Did you mean "notice"?',
  ],
  [
    'in a schedule',
    () => devto('schedule: { slot: [Tue 08:30] }'),
    '9:59',
    '"slot" is not an option of targets.devto.schedule. Did you mean "slots"?',
  ],
  [
    'in a target’s secrets',
    () => devto('secrets: { apikey: KEY }'),
    '9:58',
    '"apikey" is not an option of targets.devto.secrets. Did you mean "apiKey"?',
  ],
  [
    'in series',
    () => `${sound}series: { navigatoin: top }\n`,
    '12:11',
    '"navigatoin" is not an option of series. Did you mean "navigation"?',
  ],
  [
    'in ledger',
    () => `${sound}ledger: { bransh: x }\n`,
    '12:11',
    '"bransh" is not an option of ledger. Did you mean "branch"?',
  ],
  [
    'like no other',
    () => `${sound}colour: red\n`,
    '12:1',
    '"colour" is not an option. Remove it, or use version, site, sources,',
  ],
  ['of the prototype', () => `${sound}__proto__: { version: 1 }\n`, '12:1', '"__proto__" is not an option.'],
];

const missingKeys: readonly Fault[] = [
  ['the version', () => swap('version: 1\n', ''), '1:1', 'version is missing. Add "version: 1".'],
  ['the title', () => swap('  title: Example\n', ''), '2:1', 'site.title is missing. Add title.'],
  [
    'the author’s name',
    () => swap('{ name: Example Author }', '{}'),
    '5:3',
    'site.author.name is missing. Add name.',
  ],
  [
    'the sources',
    () => swap('sources:\n  - { kind: markdown, path: posts }\n', ''),
    '1:1',
    'sources is missing. Add sources.',
  ],
  [
    'a source’s kind',
    () => swap('kind: markdown, ', ''),
    '7:5',
    'sources[0].kind is missing. Use markdown or feed.',
  ],
  [
    'a target’s kind',
    () => swap('kind: devto, ', ''),
    '9:3',
    'targets.devto.kind is missing. Use devto, linkedin, paste, ',
  ],
  [
    'what dev.to asks',
    () => swap(', ai_disclosure: no_ai', ''),
    '9:3',
    'targets.devto.ai_disclosure is missing. Add it: no_ai, some_ai, fully_autonomous or not_disclosed.',
  ],
];

const wrongTypes: readonly Fault[] = [
  [
    'a number for text',
    () => swap('title: Example', 'title: 5'),
    '4:3',
    'site.title is the number 5; it has to be text. Put it in quotes.',
  ],
  [
    'a version without quotes',
    () => linkedin('version: 202609'),
    '10:31',
    'targets.linkedin.version is the number 202609; it has to be text. Put it in quotes.',
  ],
  [
    'a list for text',
    () => swap('title: Example', 'title: [Example]'),
    '4:3',
    'site.title is a list; it has to be text.',
  ],
  [
    'nothing for text',
    () => swap('title: Example', 'title:'),
    '4:3',
    'site.title is empty; it has to be text.',
  ],
  ['empty text', () => swap('title: Example', "title: ''"), '4:3', 'site.title is empty.'],
  [
    'text for a group',
    () => swap('{ name: Example Author }', 'Example Author'),
    '5:3',
    'site.author is text; it has to be a group of options.',
  ],
  [
    'a group for a list',
    () => swap('  - { kind: markdown, path: posts }', '  kind: markdown'),
    '6:1',
    'sources is a group of options; it has to be a list.',
  ],
  [
    'no source',
    () => swap('\n  - { kind: markdown, path: posts }', ' []'),
    '6:1',
    'sources is empty; it needs at least one.',
  ],
  [
    'a list for the targets',
    () => `${sound.slice(0, sound.indexOf('targets'))}targets:\n  - { kind: feed }\n`,
    '8:1',
    'targets is a list; it has to be a group of named options.',
  ],
  [
    'text for a target',
    () => swap('{ kind: feed }', 'feed'),
    '11:3',
    'targets.feed is text; it has to be a group of options.',
  ],
  [
    'text for a number',
    () => `${sound}max_updates: many\n`,
    '12:1',
    'max_updates is text; it has to be a number. Write digits, without quotes.',
  ],
  [
    'a fraction',
    () => `${sound}max_updates: 1.5\n`,
    '12:1',
    'max_updates is the number 1.5; it has to be a whole number.',
  ],
  ['too little', () => `${sound}max_updates: 0\n`, '12:1', 'max_updates has to be more than 0.'],
  ['too much', () => feed('limit: 50000'), '11:23', 'targets.feed.limit has to be at most 10000.'],
  [
    '"yes" for true',
    () => `${sound}paused: yes\n`,
    '12:1',
    'paused is text; it has to be true or false. Write true or false, without quotes.',
  ],
  [
    'text for a list',
    () => linkedin('schedule: { slots: Tue 08:30 }'),
    '10:43',
    'targets.linkedin.schedule.slots is text; it has to be a list. Put it in [ ].',
  ],
  [
    'a word that is no choice',
    () => `${sound}series: { navigation: buttom }\n`,
    '12:11',
    'series.navigation is "buttom"; it has to be top, bottom or none. Did you mean "bottom"?',
  ],
];

const wrongValues: readonly Fault[] = [
  [
    'a hub with a password, which every reader would see',
    () => feed('hub: "https://me:hush@hub.example/"'),
    '11:23',
    'targets.feed.hub has a user name, a password or a fragment; readers of the feed would see it, and the hub would not.',
  ],
  [
    'a feed where its own page for people is written',
    () => feed('path: subscribe.html'),
    '11:3',
    'targets.feed writes two files to the same path.',
  ],
  [
    'another version',
    () => swap('version: 1', 'version: 2'),
    '1:1',
    'version is the number 2; it has to be the number 1.',
  ],
  [
    'a kind of source there is not',
    () => swap('kind: markdown', 'kind: markdwon'),
    '7:7',
    'sources[0].kind is "markdwon", which is not a known kind. Did you mean "markdown"?',
  ],
  [
    'a kind of target there is not',
    () => swap('kind: feed', 'kind: constructor'),
    '11:11',
    'targets.feed.kind is "constructor", which is not a known kind. Use devto, linkedin, paste, ',
  ],
  [
    'a kind that is no word',
    () => swap('kind: feed', 'kind: 5'),
    '11:11',
    'targets.feed.kind is 5, which is not a known kind.',
  ],
  [
    'a word for a shortcode that is no choice',
    () => swap('path: posts', 'path: posts, syntax: { shortcodes: { shot: pictur } }'),
    '7:60',
    'sources[0].syntax.shortcodes.shot is "pictur"; it has to be ',
  ],
  [
    'a value of none of the kinds that it may be',
    () => swap('path: posts', 'path: posts, syntax: { shortcodes: [shot] }'),
    '7:46',
    'sources[0].syntax.shortcodes is a list; it has to be true or false or a group of named options.',
  ],
  [
    'a kind of ledger there is not',
    () => `${sound}ledger: { kind: sqlite }\n`,
    '12:11',
    'ledger.kind is "sqlite"; it has to be git, file or postgres.',
  ],
  [
    'a schema whose name would have to be quoted',
    () => `${sound}ledger: { kind: postgres, schema: My-Blog }\n`,
    '12:27',
    'ledger.schema is not the name of a schema',
  ],
  [
    'an address of a database, which is a secret',
    () => `${sound}ledger: { kind: postgres, schema: a, secret: "postgres://a:b@db.example/c" }\n`,
    '12:38',
    'ledger.secret is not the name of an environment variable',
  ],
  [
    'a time zone there is not',
    () => site('timezone: Europe/Lodnon'),
    '6:3',
    'site.timezone is not the IANA name of a time zone',
  ],
  [
    'a site without scheme',
    () => swap('https://example.com', 'example.com'),
    '3:3',
    'site.url is not a whole address such as "https://example.com".',
  ],
  [
    'a site over ftp',
    () => swap('https:', 'ftp:'),
    '3:3',
    'site.url is not a whole address such as "https://example.com".',
  ],
  [
    'a target without scheme',
    () => devto('url: dev.to'),
    '9:47',
    'targets.devto.url is not an absolute address',
  ],
  [
    'plain http beyond loopback',
    () => devto('url: "http://forem.example.com"'),
    '9:47',
    'targets.devto.url is neither https nor http on loopback.',
  ],
  [
    'plain http on a name like loopback',
    () => devto('url: "http://127.0.0.1.example.com"'),
    '9:47',
    'targets.devto.url is neither https nor http on loopback.',
  ],
  [
    'a hub without scheme',
    () => feed('hub: example.com'),
    '11:23',
    'targets.feed.hub is not an absolute address',
  ],
  [
    'a slot',
    () => linkedin('schedule: { slots: [Tues 8:30] }'),
    '10:51',
    'targets.linkedin.schedule.slots[0] is not a weekday and time such as "Tue 08:30".',
  ],
  [
    'a slot past midnight',
    () => linkedin('schedule: { slots: [Tue 08:30, Wed 24:00] }'),
    '10:62',
    'targets.linkedin.schedule.slots[1] is not a weekday and time',
  ],
  [
    'a delay',
    () => linkedin('schedule: { after: 2d }'),
    '10:43',
    'targets.linkedin.schedule.after is not a delay such as "2 days"',
  ],
  [
    'quiet time',
    () => linkedin('schedule: { quiet: [22-7] }'),
    '10:51',
    'targets.linkedin.schedule.quiet[0] is not a range of times such as "22:00-07:00".',
  ],
  [
    'quiet time around the clock',
    () => linkedin('schedule: { quiet: ["22:00-22:00"] }'),
    '10:51',
    'targets.linkedin.schedule.quiet[0] covers no time or the whole day.',
  ],
  [
    'a day there is not',
    () => linkedin('since: 2026-02-30'),
    '10:31',
    'targets.linkedin.since is not a day such as 2026-12-01.',
  ],
  [
    'a target name with a dot',
    () => swap('devto: {', 'Dev.to: {'),
    '9:3',
    'targets.Dev.to is not a target name: lower-case letters, digits and hyphens. Rename it.',
  ],
  [
    'a target name that is a number',
    () => swap('  feed: {', '  2: {'),
    '11:3',
    'targets.2 is not a target name',
  ],
  [
    'an address that all posts would share',
    () => source('canonical: /blog'),
    '7:23',
    'sources[0].canonical has none of {slug}, {id}, {name} and {title}, so posts would share an address.',
  ],
  [
    'a placeholder there is not',
    () => source('canonical: "/{slug}/{yaer}"'),
    '7:23',
    'sources[0].canonical has a placeholder other than {slug} {id} {name} {title} {folder} {categories} {lang} {lang?} {year} {month} {monthname} {shortmonth} {day}.',
  ],
  [
    'a feed outside the site',
    () => feed('path: ../feed.xml'),
    '11:23',
    'targets.feed.path is not a path inside the site',
  ],
  [
    'a source outside the blog',
    () => source('path: ../content'),
    '7:23',
    "sources[0].path leads out of the blog's folder. Name a path inside it, or move the config up to a folder that holds both.",
  ],
  [
    'pages outside the blog',
    () => source('pages: { from: ../public }'),
    '7:32',
    "sources[0].pages.from leads out of the blog's folder.",
  ],
  [
    'pages by a word that is none',
    () => source('pages: _site'),
    '7:23',
    'sources[0].pages has to be live, or { from: FOLDER } with the folder that your site is built into.',
  ],
  ['pages from nowhere', () => source('pages: {}'), '7:23', 'sources[0].pages.from is missing. Add from.'],
  [
    'a source at the root of the disk',
    () => source('path: /'),
    '7:23',
    'sources[0].path leads out of the blog',
  ],
  [
    'a feed to read outside the blog',
    () => swap('kind: markdown, path: posts', 'kind: feed, path: a/../../feed.xml'),
    '7:19',
    'sources[0].path leads out of the blog',
  ],
  [
    'a ledger outside the blog',
    () => `${sound}ledger: { path: ../ledger }\n`,
    '12:11',
    'ledger.path leads out of the blog',
  ],
  [
    'no schema for a ledger in a database',
    () => `${sound}ledger: { kind: postgres }\n`,
    '12:1',
    'ledger.schema is missing. Add schema.',
  ],
  [
    'a certificate outside the blog',
    () => `${sound}ledger: { kind: postgres, schema: a, ca: ../ca.pem }\n`,
    '12:38',
    'ledger.ca leads out of the blog',
  ],
  [
    'a feed that is merely true',
    () => feed('atom: true'),
    '11:23',
    'targets.feed.atom is neither false nor a path inside the site',
  ],
  [
    'two feeds in one file',
    () => feed('path: atom.xml'),
    '11:3',
    'targets.feed writes two files to the same path.',
  ],
  [
    'a tag dev.to does not take',
    () => devto('tags: { ml: machine-learning }'),
    '9:55',
    'targets.devto.tags.ml is not a tag of letters and digits alone.',
  ],
];

const wrongYaml: readonly Fault[] = [
  ['a key twice', () => `${sound}version: 1\n`, '12:1', '"version" is given twice. Remove one of them.'],
  [
    'an open bracket',
    () => swap('{ kind: feed }', '{ kind: feed'),
    '12:1',
    'Flow map in block collection must be sufficiently indented and end with a }. Correct the YAML there or in the lines before.',
  ],
  [
    'an open quotation',
    () => swap('title: Example', 'title: "Example'),
    '12:1',
    'A quotation mark has no second one.',
  ],
  [
    'a second colon',
    () => swap('title: Example', 'title: Example: The blog'),
    '4:10',
    'The line is indented wrongly, or has a second ": " outside quotes.',
  ],
  [
    'a tab',
    () => swap('  title', '\ttitle'),
    '4:1',
    'The line is indented with a tab. Indent it with spaces.',
  ],
  [
    'a sign that begins no text',
    () => swap('title: Example', 'title: @Example'),
    '4:10',
    'Plain value cannot start with reserved character @. Put the text in quotes.',
  ],
  [
    'a second document',
    () => `${sound}---\nversion: 1\n`,
    '12:1',
    'A second document begins here. Remove it',
  ],
  [
    'an alias of nothing',
    () => swap('title: Example', 'title: *emphasis'),
    '4:10',
    'The alias *emphasis names nothing above it. Put the text in quotes if it is not an alias.',
  ],
  ['nothing', () => '', '1:1', 'The file is empty. Begin with version, site, sources.'],
  ['only a comment', () => '# later\n', '1:1', 'The file is empty.'],
  ['a list', () => '- version\n', '1:1', 'The file is a list; it has to be a group of options.'],
  ['plain text', () => 'version\n', '1:1', 'The file is text; it has to be a group of options.'],
];

it('a folder that a link leads out of the blog is named with its place', async () => {
  const [folder, outside] = [openFolder(), openFolder()];
  writeFiles(folder, { [file]: `${sound}ledger: { path: memory/ledger }\n` });
  symlinkSync(outside, join(folder, 'memory'));
  symlinkSync(outside, join(folder, 'posts'));
  await expect(loadConfig(file, folder)).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: [
      `${file}:7:23 sources[0].path leads out of the blog's folder through a link. Put what the link leads to in its place.`,
      `${file}:12:11 ledger.path leads out of the blog's folder through a link. Put what the link leads to in its place.`,
    ].join('\n'),
  });
  const inside = openFolder();
  writeFiles(inside, { [file]: sound });
  mkdirSync(join(inside, 'content'));
  symlinkSync('content', join(inside, 'posts'));
  await expect(loadConfig(file, inside)).resolves.toMatchObject({ root: inside });
});

describe.each([
  ['a key that is unknown', wrongKeys],
  ['a key that is missing', missingKeys],
  ['a value of the wrong type', wrongTypes],
  ['a value that cannot be', wrongValues],
  ['YAML that cannot be read as a config', wrongYaml],
])('%s', (_kind, faults) => {
  it.each(faults)('%s', async (_what, text, place, message) => {
    const error = await catchError(load(text()));
    expect(error).toBeInstanceOf(BroadsideError);
    if (!(error instanceof BroadsideError)) return;
    const told = `${error.message} ${error.remedy}`;
    expect(error.code).toBe('CONFIG_INVALID');
    expect(told).toContain(`${file}:${place} ${message}`);
    expect(error.message).toMatch(new RegExp(`^${file}:${error.line}:${error.column} `));
    expect(error.file).toBe(file);
    expect(error.remedy).toMatch(/^[A-Z].*\.$/);
    expect(told).not.toMatch(/invalid|expected|received|zod|undefined|object Object/i);
  });
});

describe('a config', () => {
  it('names every fault at once, each with its place', async () => {
    const error = await catchError(load(swap('title: Example', 'titel: Example').replace('no_ai', 'noai')));
    expect(error).toBeInstanceOf(BroadsideError);
    expect((error as BroadsideError).message.split('\n')).toEqual([
      `${file}:2:1 site.title is missing. Add title.`,
      `${file}:4:3 "titel" is not an option of site. Did you mean "title"?`,
      `${file}:9:25 targets.devto.ai_disclosure is "noai"; it has to be no_ai, some_ai, fully_autonomous or not_disclosed. Did you mean "no_ai"?`,
    ]);
  });

  it('does not swell by aliases of aliases', async () => {
    const tens = (name: string, of: string): string =>
      `${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`;
    const bomb = tens('a', 'x') + tens('b', '*a') + tens('c', '*b') + tens('d', '*c') + sound;
    expect(await catchError(load(bomb))).toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${file}:2:8 Aliases repeat too much.`,
    });
  });

  it('may use an alias where that helps', async () => {
    const text = swap(
      'devto: { kind: devto, ai_disclosure: no_ai }',
      'devto: { kind: devto, ai_disclosure: no_ai, schedule: &slow { after: 2 days } }',
    ).replace('{ kind: linkedin }', '{ kind: linkedin, schedule: *slow }');
    const { targets } = await load(text);
    expect(targets.map((target) => target.policy.schedule.after)).toEqual(['P2D', 'P2D', undefined]);
  });

  it.each([
    ['a byte order mark', `\uFEFF${sound}`],
    ['line ends of Windows', sound.replaceAll('\n', '\r\n')],
  ])('may have %s', async (_what, text) => {
    expect((await load(text)).targets.map((target) => target.name)).toEqual(['devto', 'linkedin', 'feed']);
  });

  it('tells the place behind a byte order mark and line ends of Windows', async () => {
    const text = `\uFEFF${sound}max_update: 1\n`.replaceAll('\n', '\r\n');
    expect(await catchError(load(text))).toMatchObject({ line: 12, column: 1 });
  });

  it('has to be UTF-8', async () => {
    const folder = openFolder();
    writeFiles(folder, { [file]: '' });
    writeFileSync(`${folder}/${file}`, Buffer.from(sound.replace('Example\n', 'Caf\u00E9\n'), 'latin1'));
    expect(await catchError(loadConfig(file, folder))).toMatchObject({
      code: 'CONFIG_INVALID',
      message: `${file}:1:1 The file is not UTF-8.`,
    });
  });

  it('has to be there, and a file', async () => {
    const folder = openFolder();
    expect(await catchError(loadConfig(file, folder))).toMatchObject({
      code: 'CONFIG_MISSING',
      message: `There is no config file at ${file}.`,
    });
    expect(await catchError(loadConfig('.', folder))).toMatchObject({
      code: 'CONFIG_MISSING',
      message: 'The config file . cannot be read (EISDIR).',
      remedy: 'Make it a file that you may read.',
    });
  });

  it('is named where it lies in a folder above, as in a folder of posts', async () => {
    const folder = openFolder();
    writeFiles(folder, { [file]: sound, 'posts/2026/one.md': '' });
    expect(await catchError(loadConfig(file, `${folder}/posts/2026`))).toMatchObject({
      code: 'CONFIG_MISSING',
      remedy: `There is one in ${folder}. Run the command there.`,
    });
  });

  it('does not repeat a key that was written where its name belongs', async () => {
    const error = await catchError(load(devto('secrets: { apiKey: aB3dE5fG7hJ9kL1mN3pQ5rS7 }')));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(error)).toContain(
      'targets.devto.secrets.apiKey is not the name of an environment variable',
    );
    expect(String(error)).not.toContain('aB3dE5fG7hJ9kL1mN3pQ5rS7');
  });

  it.each([
    ['another host', devto('url: "https://forem.example.com", secrets: { apiKey: DEVTO_API_KEY }')],
    ['a target of another kind', linkedin('secrets: { accessToken: DEVTO_API_KEY }')],
  ])('sends no usual secret to %s', async (_where, text) => {
    const error = await catchError(load(text));
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    expect(String(error)).toMatch(
      /secrets\.\w+ names DEVTO_API_KEY, which holds a secret for another server\./,
    );
  });

  it('takes a usual secret to this same machine, and another one anywhere', async () => {
    for (const options of [
      'url: "http://127.0.0.1:4000", secrets: { apiKey: DEVTO_API_KEY }',
      'url: "https://forem.example.com", secrets: { apiKey: FOREM_API_KEY }',
    ]) {
      await expect(load(devto(options))).resolves.toMatchObject({ file: expect.any(String) });
    }
  });

  it.each(['GITHUB_TOKEN', 'GH_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'])(
    'sends %s to no target',
    async (name) => {
      const error = await catchError(load(devto(`secrets: { apiKey: ${name} }`)));
      expect(String(error)).toContain('targets.devto.secrets.apiKey begins with GITHUB_, GH_ or ACTIONS_');
    },
  );

  it('gives what is left out its default', async () => {
    expect(await load(sound)).toMatchObject({
      site: { url: 'https://example.com', language: 'en', timezone: 'UTC', description: '' },
      series: { navigation: 'bottom', backfill: true },
      requireLive: true,
      maxUpdates: 10,
      paused: false,
    });
  });

  it('lies in the blog’s folder, or in config/ there', async () => {
    const folder = openFolder();
    writeFiles(folder, { [file]: sound, 'broadside.yaml': sound });
    expect(await loadConfig(file, folder)).toMatchObject({ root: folder, file });
    expect(await loadConfig('broadside.yaml', folder)).toMatchObject({
      root: folder,
      file: 'broadside.yaml',
    });
  });
});

describe('the configs we show', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const sample = /```yaml\n([^]*?)```/.exec(readme)?.[1] ?? '';
  const own = readFileSync(new URL(file, root), 'utf8');

  it('loads the README’s', async () => {
    const { targets, site } = await load(sample);
    expect(targets.map((target) => target.kind)).toEqual(['devto', 'linkedin', 'feed']);
    expect(site.timezone).toBe('Europe/London');
  });

  it('loads our own', async () => {
    const { targets } = await loadConfig(file, fileURLToPath(root));
    expect(targets).toHaveLength(3);
  });

  describe('and config/schema.json, which editors hold them against', () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(new URL('config/schema.json', root), 'utf8')));
    const accepts = (text: string): boolean => schema.safeParse(parse(text)).success;

    it.each([
      ['the README’s', sample],
      ['our own', own],
      ['the sound one of these tests', sound],
    ])('takes %s', (_what, text) => {
      expect(accepts(text)).toBe(true);
    });

    it.each([...wrongKeys, ...missingKeys, ...wrongTypes])('refuses %s', (_what, text) => {
      expect(accepts(text())).toBe(false);
    });
  });
});
