import type { Root } from 'hast';
import { findFrontMatter } from '../../src/rehearsal/devto/front-matter.ts';
import { renderForemBody } from '../../src/views/forem/render-body.ts';

/** The article that Forem makes of a body. Throws where it would refuse the body or show an error in its place. */
export function readForem(body: string): Root {
  if (findFrontMatter(body).found !== 'none') throw new Error('front matter');
  const rendered = renderForemBody(body);
  if (rendered.outcome === 'html') return rendered.tree;
  throw new Error(rendered.outcome === 'refused' ? rendered.message : rendered.html);
}
