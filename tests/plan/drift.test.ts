import { expect, test } from 'vitest';
import { describeDrift } from '../../src/plan/drift.ts';
import { quoteLines } from '../../src/base/terminal.ts';
import { makeArticle, makeSmallBlog, openDevto, secrets, today, writePost } from '../small-blog.ts';
import { writeFiles } from '../workspace.ts';

const numbered = (count: number, word: string): string =>
  Array.from({ length: count }, (_, index) => `${word} ${index + 1}`).join('\n');

test('a changed line stands between the lines around it', () => {
  const sent = 'One.\n\nTwo.\n\nThree.\n\nFour.\n';
  expect(describeDrift(sent, sent.replace('Three', 'Drei')).split('\n')).toEqual([
    '--- as it was sent',
    '+++ as the target holds it',
    '@@ -3,5 +3,5 @@',
    ' Two.',
    ' ',
    '-Three.',
    '+Drei.',
    ' ',
    ' Four.',
  ]);
});

test('how lines end makes no difference, and a text without one is said to be as it was', () => {
  const said =
    'The text is as it was sent. Something else was changed, such as the title, a tag or the cover.';
  expect(describeDrift('One.\n\nTwo.', 'One.\r\n\r\nTwo.\r\n')).toBe(said);
  expect(describeDrift('', '')).toBe(said);
  expect(describeDrift('', 'One.')).toContain('\n+One.');
});

test('a long diff is cut, and says by how much', () => {
  const lines = describeDrift(numbered(100, 'old'), numbered(100, 'new')).split('\n');
  expect(lines).toHaveLength(43);
  expect(lines.at(-1)).toBe('… and 161 more lines');
});

test('what a stranger wrote cannot steer a terminal or a workflow', () => {
  expect(quoteLines('+a\u001B[31mred\u0007\n ::error::no\n\u202Ebackwards')).toBe(
    '    | +ared\n    |  ::error::no\n    | backwards',
  );
});

async function openDriftedBlog(edit: (body: string) => object) {
  const devto = await openDevto();
  const blog = makeSmallBlog(
    [`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai, notice: false }`],
    {
      one: writePost('First.\n\nSecond.\n\nThird.', `date: ${today}\ntags: [git]\n`),
    },
  );
  expect((await blog.run('publish')).code).toBe(0);
  const headers = {
    'api-key': secrets.DEVTO_API_KEY,
    accept: 'application/vnd.forem.api-v1+json',
    'content-type': 'application/json',
  };
  const { body_markdown: body } = (await (await fetch(`${devto.url}/api/articles/1000`)).json()) as {
    readonly body_markdown: string;
  };
  const article = edit(body);
  await fetch(`${devto.url}/api/articles/1000`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ article }),
  });
  writeFiles(blog.folder, {
    'posts/one.md': writePost('First.\n\nSecond.\n\nFourth.', `date: ${today}\ntags: [git]\n`),
  });
  return { devto, blog };
}

test('a plan shows what was edited by hand instead of sending over it', async () => {
  const { blog } = await openDriftedBlog((body) => ({
    body_markdown: body.replace('Second.', 'Second,\n\n::error::by \u001B[31mhand.'),
  }));
  const planned = await blog.run('plan');
  expect(planned.code).toBe(1);
  const lines = planned.stdout.split('\n');
  expect(lines[0]).toContain('! devto  one  held: drifted, edited by hand');
  expect(lines.slice(1)).toEqual([
    '    | --- as it was sent',
    '    | +++ as the target holds it',
    '    | @@ -1,5 +1,7 @@',
    '    |  First.',
    '    |',
    '    | -Second.',
    '    | +Second,',
    '    |',
    '    | +::error::by hand.',
    '    | +',
    '    |  Third.',
    '1 held. Nothing has been sent.',
    '',
  ]);
  const told = JSON.parse((await blog.run('plan', '--format', 'json')).stdout) as object;
  expect(told).toHaveProperty('actions.0.diff', expect.stringContaining('-Second.\n+Second,\n'));

  const named = await blog.run('status', 'one', '--remote');
  expect(named.stdout).toContain('  drifted\n    | --- as it was sent\n');
  expect(named.stdout).toContain('    | +::error::by hand.\n');
  expect(named.code).toBe(1);
  const all = await blog.run('status', '--remote');
  expect(all.stdout).toMatch(/^devto {2}one {2}live {2}\S+ {2}drifted\n$/);
});

test('an edit beside the text is told as one', async () => {
  const { blog } = await openDriftedBlog(() => ({ tags: ['zig'] }));
  const { stdout } = await blog.run('plan');
  expect(stdout).toContain('held: drifted');
  expect(stdout).toContain('\n    | The text is as it was sent. Something else was changed');
});

test('an adopted copy is compared with the text it was adopted with', async () => {
  const devto = await openDevto([makeArticle(1, 'https://example.com/blog/one', { body: 'As it was.' })]);
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    one: writePost('As the original has it.'),
  });
  await blog.run('adopt');
  await fetch(`${devto.url}/api/articles/1`, {
    method: 'PUT',
    headers: { 'api-key': secrets.DEVTO_API_KEY, 'content-type': 'application/json' },
    body: JSON.stringify({ article: { body_markdown: 'As it is now.' } }),
  });
  const { stdout } = await blog.run('status', 'one', '--remote', '--format', 'json');
  const { copies } = JSON.parse(stdout) as { readonly copies: readonly object[] };
  expect(copies[0]).toMatchObject({
    remote: 'drifted',
    diff: expect.stringContaining('-As it was.\n+As it is now.'),
  });
});
