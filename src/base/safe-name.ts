import { isDeviceName } from '../model/file-name.ts';
import { digestJson } from './digest.ts';

const plainName = /^[a-z0-9-]{1,100}$/;

/** A file name for a name, unique on any disk: the name as it is, or with a digest if that would not do. */
export function safeName(name: string): string {
  return plainName.test(name) && !isDeviceName(name) ? name : withDigest(name);
}

/** A readable beginning and a digest. The full stop cannot be in a plain name, so that no plain name equals one with a digest. */
export function withDigest(name: string): string {
  const prefix = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${prefix === '' ? 'id' : prefix}.${digestJson(name)}`;
}
