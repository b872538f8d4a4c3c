import { expect, test } from 'vitest';
import { loadFeed } from '../../src/sources/feed/load-feed.ts';
import { startLocalServer } from '../local-server.ts';

const rss = '<rss version="2.0"><channel><title>T</title><item><title>Pêche</title></item></channel></rss>';
const load = (url: string) => loadFeed(url, { signal: new AbortController().signal, allowPrivate: true });

test('a server that answers only what is asked for is asked for feeds', async () => {
  const { url, received } = await startLocalServer((incoming, outgoing) => {
    const isAsked = /application\/rss\+xml/.test(incoming.headers.accept ?? '');
    outgoing.writeHead(isAsked ? 200 : 406, { 'content-type': 'application/rss+xml' }).end(rss);
  });
  await expect(load(url)).resolves.toMatchObject({ items: [{ title: 'Pêche' }] });
  expect(received[0]?.headers).toMatch(/"user-agent":"broadside\//);
});

test.each(['us-ascii', 'iso-8859-1', 'windows-1252'])(
  'a feed in UTF-8 that is served as %s is read as UTF-8, and it is told',
  async (charset) => {
    const { url } = await startLocalServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': `text/xml; charset=${charset}` }).end(rss);
    });
    await expect(load(url)).resolves.toMatchObject({
      items: [{ title: 'Pêche' }],
      flaws: [{ rule: 'feed-encoding', message: expect.stringContaining(charset) }],
    });
  },
);

test.each([
  ['by its header', 403, { 'content-type': 'text/html', 'cf-mitigated': 'challenge' }, '<html></html>'],
  ['by its title', 403, { 'content-type': 'text/html' }, '<title>Just a moment...</title>'],
  [
    'by its script',
    429,
    { 'content-type': 'text/html' },
    '<script src="/cdn-cgi/challenge-platform/x.js"></script>',
  ],
  [
    'though it says that all is well',
    200,
    { 'content-type': 'text/html; charset=utf-8' },
    '<title>Just a moment...</title>',
  ],
  [
    'of another kind',
    405,
    { 'content-type': 'text/html' },
    '<iframe src="https://geo.captcha-delivery.com/x"></iframe>',
  ],
  ['by AWS', 202, { 'x-amzn-waf-action': 'challenge' }, ''],
  ['by Vercel', 429, { 'x-vercel-mitigated': 'challenge' }, ''],
  ['by SiteGround', 202, { 'sg-captcha': 'challenge' }, ''],
  ['by Imperva', 200, { 'content-type': 'text/html' }, '<iframe src="/_Incapsula_Resource?x"></iframe>'],
  ['by HUMAN', 403, { 'content-type': 'text/html' }, '<div id="px-captcha"></div>'],
  ['by Bunny', 403, { 'content-type': 'text/html' }, '<title>Establishing a secure connection ...</title>'],
  [
    'by a captcha',
    403,
    { 'content-type': 'text/html' },
    '<script src="https://hcaptcha.com/1/api.js"></script>',
  ],
])('a page that asks for proof of a person is told as such: %s', async (_name, status, headers, body) => {
  const { url } = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(status, headers).end(body);
  });
  await expect(load(url)).rejects.toMatchObject({
    code: 'SOURCE_UNREADABLE',
    message: expect.stringContaining('proof of a person'),
  });
});

test.each([
  [404, '<title>Not found</title>', 'answered 404', 'Look at the address in a browser.'],
  [401, '', 'answered 401', 'It is behind a password, so save the feed in a browser and give the file.'],
  [503, '<title>Down</title>', 'answered 503', 'Try again later.'],
  [
    200,
    '<!doctype html><title>Sign in</title><script src="https://hcaptcha.com/1/api.js"></script>',
    'a web page',
    '',
  ],
])('any other page is not: %s %s', async (status, body, message, remedy) => {
  const { url } = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(status, { 'content-type': 'text/html' }).end(body);
  });
  await expect(load(url)).rejects.toMatchObject({
    message: expect.stringContaining(message),
    remedy: expect.stringContaining(remedy),
  });
});

test('a feed that is served as a page, with a post about such pages, is a feed', async () => {
  const about = rss.replace(
    '</item>',
    '<description>&lt;title&gt;Just a moment... px-captcha</description></item>',
  );
  const { url } = await startLocalServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'text/html' }).end(about);
  });
  await expect(load(url)).resolves.toMatchObject({ items: [{ title: 'Pêche' }] });
});
