import { describe, expect, it } from 'vitest';
import { readPageHead } from '../../src/reading/html/read-page-head.ts';

describe('what a page says about itself', () => {
  it.each([
    ['beside a sign in another attribute', '<link title="a > b" rel="canonical" href="/tide/">'],
    ['before the relation', `<LINK HREF='/tide/' REL='alternate Canonical'>`],
    [
      'among other links',
      '<link rel="stylesheet canonical-font" href="/a.css"><link rel=canonical href=/tide/>',
    ],
    [
      'behind one in a comment',
      '<!-- <link rel="canonical" href="/old/"> --><link rel=canonical href="/tide/">',
    ],
    [
      'behind one that a script writes',
      `<script>'<link rel="canonical" href="/old/">'</script><link rel=canonical href=/tide/>`,
    ],
    ['behind a long style', `<style>${'p{}'.repeat(40_000)}</style><link rel=canonical href=/tide/>`],
  ])('is its own address, %s', (_, head) => {
    expect(readPageHead(`<head>${head}</head><body><h1>Tide</h1>`).canonical).toBe('/tide/');
  });

  it('is an address with its references read', () => {
    expect(readPageHead('<link rel=canonical href="/?a=1&amp;b=2">').canonical).toBe('/?a=1&b=2');
  });

  it('is no address that stands among its words', () => {
    expect(readPageHead('<head></head><body><link rel=canonical href=/old/><h1>Tide</h1>').canonical).toBe(
      undefined,
    );
  });

  it.each([
    [
      'the first heading',
      '<title>Site</title><h1 data-a="x > y"><a href="#t">Low</a>\n tide</h1><h1>High</h1>',
      'Low tide',
    ],
    ['read as browsers do', '<h1>Salt &amp; sand&rsquo;s <code>a &lt; b</code></h1>', 'Salt & sand’s a < b'],
    ['not one in a comment', '<!-- <h1>Old</h1> --><h1>Tide</h1>', 'Tide'],
    [
      'the name of the page where a heading has no words',
      '<title>Tide &ndash; Site</title><h1><img src=a.png></h1>',
      'Tide – Site',
    ],
    [
      'the name of the page where it has no heading',
      '<head><title>Tide</title></head><body><svg><title>Menu</title></svg>',
      'Tide',
    ],
  ])('is its title: %s', (_, html, title) => {
    expect(readPageHead(html).title).toBe(title);
  });

  it.each([
    ['leads on', '<meta content="0; url=/tide/" http-equiv="Refresh">', true],
    [
      'leads on beside a sign in another attribute',
      '<meta data-a=">" http-equiv=refresh content="0;/tide/">',
      true,
    ],
    ['loads itself again', '<meta http-equiv=refresh content=300>', false],
    [
      'leads on only those without scripts',
      '<noscript><meta http-equiv=refresh content="0; url=/plain/"></noscript>',
      false,
    ],
    [
      'speaks of a page that does',
      '<!-- <meta http-equiv=refresh content="0; url=/"> --><h1>Tide</h1>',
      false,
    ],
  ])('is whether it %s', (_, html, leadsOn) => {
    expect(readPageHead(html).leadsOn).toBe(leadsOn);
  });

  it('is nothing where a page says nothing', () => {
    expect(readPageHead('')).toEqual({ leadsOn: false });
    expect(readPageHead('<h1')).toEqual({ leadsOn: false });
  });
});
