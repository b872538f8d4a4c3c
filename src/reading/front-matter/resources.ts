import { isFields } from '../../base/is-fields.ts';
import type { Resource } from '../../model/post.ts';
import type { FieldReader } from './fields.ts';
import { readText } from './values.ts';

/** The files of a post's folder that its front matter gives names, in the order in which Hugo asks them. What is no such list is left alone. */
export function takeResources(reader: FieldReader): readonly Resource[] {
  const [given] = reader.find(['resources']);
  if (!Array.isArray(given?.value)) return [];
  return given.value.flatMap((one: unknown): readonly Resource[] => {
    if (!isFields(one)) return [];
    const [src, name] = [readText(one['src']), readText(one['name'])];
    return src === undefined || src === '' || name === undefined || name === '' ? [] : [{ src, name }];
  });
}

/** The first of the pictures that Hugo's `images` lists for cards of a post. */
export function takeFirstImage(reader: FieldReader): string | undefined {
  const [given] = reader.find(['images']);
  const first: unknown = Array.isArray(given?.value) ? given.value[0] : given?.value;
  const src = isFields(first) ? undefined : readText(first);
  return src === '' ? undefined : src;
}
