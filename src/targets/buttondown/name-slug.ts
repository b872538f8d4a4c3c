import { digestText } from '../../base/digest.ts';
import { slugLimit } from './limits.ts';

/**
 * The slug by which an email is recognised as a letter's: the letter's id or, if that cannot be a slug, a similar text with a
 * digest.
 */
export function nameSlug(id: string): string {
  if (/^[a-zA-Z0-9_-]+$/.test(id) && id.length <= slugLimit) return id;
  const like = id.replaceAll(/[^a-zA-Z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `${like.slice(0, slugLimit - 9)}-${digestText(id).slice(0, 8)}`.replace(/^-/, '');
}
