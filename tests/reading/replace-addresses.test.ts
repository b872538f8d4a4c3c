import { expect, it } from 'vitest';
import { replaceAddresses } from '../../src/reading/html/replace-addresses.ts';

const replace = (address: string) => (address.endsWith('.png') ? `new/${address}&c` : undefined);

it.each([
  ['of a picture', '<img alt="a > b" src="a.png">', '<img alt="a > b" src="new/a.png&amp;c">'],
  [
    'in other quotes or none',
    `<img src='a.png'><IMG SRC=b.png>`,
    '<img src="new/a.png&amp;c"><IMG src="new/b.png&amp;c">',
  ],
  [
    'of what stands for a film',
    '<video poster="a.png" src="a.mp4">',
    '<video poster="new/a.png&amp;c" src="a.mp4">',
  ],
  ['with references', '<img src="a&amp;b&#x26;.png">', '<img src="new/a&amp;b&amp;.png&amp;c">'],
])('replaces the address %s', (_, html, replaced) => {
  expect(replaceAddresses(html, replace)).toBe(replaced);
});

it.each([
  ['words that look like a tag', '<pre>&lt;img src="a.png"&gt;</pre>'],
  ['the attributes of other names', '<img data-src="a.png" srcset="a.png 2x"><a href="a.png">'],
  ['comments, scripts and styles', `<!-- <img src="a.png"> --><script>'<img src="a.png">'</script>`],
])('leaves %s', (_, html) => {
  expect(replaceAddresses(html, replace)).toBe(html);
});
