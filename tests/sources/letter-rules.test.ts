import { expect, it } from 'vitest';
import { openFolder, writeFiles } from '../workspace.ts';
import { runCommand } from '../run-command.ts';

const config = `version: 1
site: { url: "https://example.com", title: Example, author: { name: Example Author }, timezone: UTC }
sources: [{ kind: markdown, path: letters, as: letters, name: welcome }]
targets: { mail: { kind: mail, sequence: welcome } }
ledger: { kind: file, path: ledger }
`;

/** What check says of one letter. */
async function check(matter: string, body = 'Hello.'): Promise<string> {
  const folder = openFolder();
  writeFiles(folder, {
    'config/broadside.yaml': config,
    'letters/one.md': `---\n${matter}\n---\n\n${body}\n`,
  });
  return (await runCommand(folder, {}, ['check'])).stderr;
}

const whole = 'title: One\nsubject: One\npreview: What it says\nsequence: 1\nstatus: ready';

it('tells that a letter has no subject or no preview, and nothing of one that has both', async () => {
  expect(await check(whole)).not.toContain('letter-');
  expect(await check(whole.replace('subject: One\n', ''))).toContain('letter-subject-missing');
  expect(await check(whole.replace('preview: What it says\n', ''))).toContain('letter-preview-missing');
});

it('tells of a place that is no number from 1', async () => {
  expect(await check(whole.replace('sequence: 1', 'sequence: first'))).toMatch(
    /letters\/one\.md:5:\d+ error letter-sequence-invalid/,
  );
});

it('tells of many links through one service that shortens them, at the first, and of two says nothing', async () => {
  const links = (count: number): string =>
    Array.from({ length: count }, (_, index) => `[link ${index}](https://bit.ly/${index})`).join(' and ');
  expect(await check(whole, links(2))).not.toContain('letter-links-shortened');
  expect(await check(whole, links(3))).toMatch(
    /letters\/one\.md:9:1 warning letter-links-shortened 3 links go through bit\.ly/,
  );
});
