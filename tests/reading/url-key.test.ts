import { expect, test } from 'vitest';
import { urlKey } from '../../src/reading/url-key.ts';

const hosts = [
  'example.com',
  'a-b.example.org',
  'Example.COM',
  '1.2.3',
  'b.0x1',
  'xn--a.example',
  'x_y.example.com',
  'localhost',
  'example.com:8080',
  'example.com.',
  '-a.example.com',
  'blog.example.co',
];
const paths = [
  '',
  '/',
  '//',
  '/a',
  '/a/',
  '/a//',
  '/a/b_c-d/',
  '/a//b',
  '/a/./b',
  '/a/../b',
  '/a.html',
  '/%C3%A9',
  '/e\u0301',
  '/A',
  '/a?p=1',
  '/a/?',
  '/a b',
  '/a\\b',
  '/a\n',
  '/~a',
];

test('an address that is plain has the key that it has when it is parsed', () => {
  for (const scheme of ['https:', 'http:', 'HTTPS:', 'ftp:'])
    for (const host of hosts)
      for (const path of paths) {
        const address = `${scheme}//${host}${path}`;
        // A fragment is not part of the key, and no plain address has one.
        const parsed = URL.canParse(address) ? urlKey(`${address}#part`) : address;
        expect(urlKey(address)).toBe(parsed);
      }
});
