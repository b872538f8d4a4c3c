import { digestText } from '../../base/digest.ts';
import { slugLimit } from './limits.ts';

/** The slug by which an email is known to be a letter's: its id, or, where a slug cannot be that, what is like it and a digest. */
export function nameSlug(id: string): string {
  if (/^[a-zA-Z0-9_-]+$/.test(id) && id.length <= slugLimit) return id;
  const like = id.replaceAll(/[^a-zA-Z0-9_-]+/g, '-').replaceAll(/^-+|-+$/g, '');
  return `${like.slice(0, slugLimit - 9)}-${digestText(id).slice(0, 8)}`.replace(/^-/, '');
}
