import { expect, test } from 'vitest';
import { exampleIntent } from '../examples.ts';
import { findWrites, makeSmallBlog, openDevto, readEntries, today, writePost } from '../small-blog.ts';

const hour = 3_600_000;

/** A blog with one post, whose dev.to shows another time than this machine. */
async function openBlog(ahead: number) {
  const devto = await openDevto([], { tellTime: () => Date.now() - ahead });
  const blog = makeSmallBlog([`devto: { kind: devto, url: "${devto.url}", ai_disclosure: no_ai }`], {
    one: writePost('One.', `date: ${today}\n`),
  });
  return { devto, blog };
}

const clocks = [
  ['ahead of', hour],
  ['behind', -hour],
] as const;

test.each(clocks)(
  'a clock an hour %s dev.to’s is told, and the ledger is told dev.to’s time',
  async (words, ahead) => {
    const { blog } = await openBlog(ahead);
    const before = Date.now();
    const { stderr, stdout } = await blog.run('publish', 'one');
    expect(stderr).toContain(`This machine's clock is 60 minutes ${words} that of devto. Set the clock`);
    expect(stdout).toContain('+ devto  one  published');
    const entries = await readEntries(blog.ledger, 'devto', 'one');
    expect(entries.map(({ kind }) => kind)).toEqual(['intent', 'receipt']);
    for (const { at } of entries) {
      expect(Date.parse(at)).toBeGreaterThan(before - ahead - 60_000);
      expect(Date.parse(at)).toBeLessThan(Date.now() - ahead + 60_000);
    }
  },
);

test.each(clocks)('so it is for a plan file, by a clock an hour %s', async (words, ahead) => {
  const { blog } = await openBlog(ahead);
  await blog.run('plan', 'one', '--out', 'plan.json');
  const { stderr } = await blog.run('publish', '--plan', 'plan.json');
  expect(stderr).toContain(`This machine's clock is 60 minutes ${words} that of devto.`);
  const [intent] = await readEntries(blog.ledger, 'devto', 'one');
  expect(Math.abs(Date.parse(intent?.at ?? '') - (Date.now() - ahead))).toBeLessThan(60_000);
});

test('what another run began a moment ago by dev.to’s time is in flight, whatever this clock says', async () => {
  const { devto, blog } = await openBlog(hour);
  const at = new Date(Date.now() - hour - 30_000).toISOString();
  await blog.record('devto', 'one', [exampleIntent({ at })]);
  const { stdout, stderr, code } = await blog.run('publish');
  expect(stderr).toContain(`. devto  one  in-flight: since ${at}`);
  expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
  expect(findWrites(devto)).toEqual([]);
});

test('a ledger from the future is told', async () => {
  const { devto, blog } = await openBlog(0);
  const at = new Date(Date.now() + hour).toISOString();
  await blog.record('devto', 'one', [exampleIntent({ at })]);
  const { stderr } = await blog.run('publish');
  expect(stderr).toContain(`The ledger's newest entry is from ${at}, 60 minutes from now`);
  expect(findWrites(devto)).toEqual([]);
});
