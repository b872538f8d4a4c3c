/** The places that an import page's address may have, each by what stands for it. */
const place = /\{(url|title)\}/g;

/** The address of the import page for one post. */
export function fillImportUrl(
  template: string,
  post: { readonly url: string; readonly title: string } = { url: '', title: '' },
): string {
  return template.replaceAll(place, (_all, name: 'url' | 'title') =>
    encodeURIComponent(post[name].toWellFormed()),
  );
}
