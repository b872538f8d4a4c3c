import { z } from 'zod';

/** The places that an import page's address may have, each by what stands for it. */
const place = /\{(url|title)\}/g;

/** The address of a page that makes a copy of what another address shows. */
export const importUrlOption = z.string().refine((text) => {
  const url = URL.parse(fillImportUrl(text));
  return (
    url?.protocol === 'https:' &&
    url.username + url.password === '' &&
    !/[{}\s"'<>`\\]/.test(fillImportUrl(text))
  );
}, 'is not an https address such as "https://medium.com/p/import", in which {url} and {title} alone may stand for something');

/** The address of the import page for one post. */
export function fillImportUrl(
  template: string,
  post: { readonly url: string; readonly title: string } = { url: '', title: '' },
): string {
  return template.replaceAll(place, (_all, name: 'url' | 'title') =>
    encodeURIComponent(post[name].toWellFormed()),
  );
}
