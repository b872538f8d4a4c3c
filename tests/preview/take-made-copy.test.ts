import { expect, onTestFinished, test } from 'vitest';
import { BroadsideError } from '../../src/base/errors.ts';
import type { MadeCopy, Overview, Recorded } from '../../src/preview/define.ts';
import { openPreview } from '../../src/preview/open-preview.ts';
import { servePreview } from '../../src/preview/serve.ts';
import type { RecordCopy } from '../../src/preview/take-made-copy.ts';
import { makeSmallBlog, writePost } from '../small-blog.ts';
import { noApp, openShell } from './start-preview.ts';

const made = { post: 'trees', target: 'medium', url: 'https://medium.example/p/1' };

async function serve(record?: RecordCopy) {
  const blog = makeSmallBlog(['medium: { kind: paste }'], { trees: writePost('Trees') });
  const preview = await openPreview({ config: 'config/broadside.yaml' }, openShell(blog.folder));
  const server = await servePreview(preview, noApp, 0, record);
  onTestFinished(() => server.close());
  const overview = await fetch(new URL('data/overview.json', server.url));
  const { token } = (await overview.json()) as Overview;
  const post = async (body: MadeCopy, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL('record', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  return { token, post };
}

test('the address of a copy is taken from a page that has the token, and from no other', async () => {
  const taken: unknown[] = [];
  const { token = '', post } = await serve((one) => {
    taken.push(one);
    return Promise.resolve('recorded');
  });
  expect(token).toMatch(/^[\da-f]{32}$/);
  const refused = [
    await post({ ...made, token: '' }),
    await post({ ...made, token: token.replaceAll(/\d/g, 'a') }),
    await post({ ...made, token: 'é'.repeat(token.length) }),
    await post({ ...made, token }, { 'content-type': 'text/plain' }),
    await post({ ...made, token }, { 'sec-fetch-site': 'cross-site' }),
  ];
  expect(refused.map(({ status }) => status)).toEqual([405, 405, 405, 405, 403]);
  expect(taken).toEqual([]);
  const { status, text } = await post({ ...made, token });
  expect([status, JSON.parse(text) as Recorded]).toEqual([200, { isRecorded: true, message: 'recorded' }]);
  expect(taken).toEqual([expect.objectContaining(made)]);
});

test('why an address is not recorded is told', async () => {
  const { token = '', post } = await serve(() =>
    Promise.reject(new BroadsideError('COPY_SETTLED', 'It is elsewhere.', { remedy: 'Look there.' })),
  );
  const { text } = await post({ ...made, token });
  expect(JSON.parse(text)).toEqual({ isRecorded: false, message: 'It is elsewhere. Look there.' });
});

test('nothing is taken where nothing can be recorded', async () => {
  const { token, post } = await serve();
  expect(token).toBeUndefined();
  expect((await post({ ...made, token: '' })).status).toBe(405);
});
