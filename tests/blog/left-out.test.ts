import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeSmallBlog, secrets, writePost, type SmallBlog } from '../small-blog.ts';

const targets = [
  'devto: { kind: devto, ai_disclosure: no_ai }',
  'linkedin: { kind: linkedin }',
  'feed: { kind: feed }',
];

const openBlog = (): SmallBlog =>
  makeSmallBlog(targets, {
    draft: writePost('Draft', 'draft: true\n'),
    home: writePost('Home', 'syndicate: false\n'),
    apart: writePost('Apart', 'syndicate: { devto: false }\n'),
    there: writePost('There', 'canonical_url: https://dev.to/author/there\n'),
  });

describe('a post that is named and goes nowhere', () => {
  it.each([
    [
      ['draft'],
      'posts/draft.md goes nowhere: it is a draft. Take what makes it one out of its front matter, such as "draft: true".\n',
    ],
    [
      ['posts/home.md'],
      'posts/home.md goes nowhere: it says "syndicate: false". Take that out to publish it.\n',
    ],
    [
      ['apart'],
      'posts/apart.md does not go to devto: it says "syndicate: { devto: false }". Take that out to publish it there.\n' +
        'posts/apart.md does not go to linkedin, which takes only posts that ask for it: write "syndicate: { linkedin: true }" in its front matter.\n',
    ],
    [['there', '--target', 'devto'], 'posts/there.md does not go to devto: its original is on dev.to.\n'],
  ])('is explained by plan and publish: %j', async (words, said) => {
    const blog = openBlog();
    for (const verb of ['plan', 'publish']) {
      const run = await blog.run(verb, ...words);
      expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(said) });
      expect(run.stderr.match(/ go(es)? /g)).toHaveLength(said.split('\n').length - 1);
      expect(run.stdout).toMatch(verb === 'plan' ? /^Nothing to do/ : /^$/);
    }
  });

  it('is explained in the job summary', async () => {
    const blog = openBlog();
    for (const verb of ['plan', 'publish']) {
      const summary = join(blog.folder, `${verb}.md`);
      const environment = { ...secrets, GITHUB_STEP_SUMMARY: summary };
      await blog.runWith(environment, verb, 'draft', '--format', 'github');
      expect(readFileSync(summary, 'utf8')).toContain('\n\nposts/draft.md goes nowhere: it is a draft.');
    }
  });

  it('is not spoken of where nothing is named, nor where another target takes it', async () => {
    const blog = openBlog();
    expect((await blog.run('plan')).stderr).not.toMatch(/ go(es)? /);
    const rehearsed = await blog.run('rehearse', 'there');
    expect(rehearsed.stderr).not.toMatch(/ go(es)? /);
  });
});
