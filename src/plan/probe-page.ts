/** What keeps a page from being read on the site; undefined where it can be. */
export async function findPageFault(url: string, signal: AbortSignal): Promise<string | undefined> {
  const { fetchDocument } = await import('../base/http/fetch-document.ts');
  try {
    const { status } = await fetchDocument(url, { signal, maxBytes: 20_000_000, timeoutMs: 15_000 });
    return status >= 200 && status < 300 ? undefined : `${url} answers ${status}`;
  } catch (error) {
    return `${url} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
