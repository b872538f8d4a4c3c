import type { SeenPage } from '../blog/look-at-pages.ts';

/** Looks at a page of the site, once for each address. */
export type PageLook = (url: string) => Promise<SeenPage>;

/** Opens what looks at pages of the site; what was seen of one counts for the whole run. */
export function openPageLook(signal: AbortSignal): PageLook {
  const seen = new Map<string, Promise<SeenPage>>();
  return (url) => {
    const page = seen.get(url) ?? readPage(url, signal);
    seen.set(url, page);
    return page;
  };
}

async function readPage(url: string, signal: AbortSignal): Promise<SeenPage> {
  const { fetchDocument } = await import('../base/http/fetch-document.ts');
  try {
    const { status, bytes } = await fetchDocument(url, { signal, maxBytes: 20_000_000, timeoutMs: 15_000 });
    if (status < 200 || status > 299) return { fault: `${url} answers ${status}` };
    return { html: new TextDecoder().decode(bytes) };
  } catch (error) {
    return { fault: `${url} cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
