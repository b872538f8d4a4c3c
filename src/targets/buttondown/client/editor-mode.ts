/**
 * How a body says that it is HTML, so that it is not read as markdown (docs.buttondown.com/api-emails-create, checked November
 * 2026).
 */
const mode = '<!-- buttondown-editor-mode: fancy -->';

/** A body as it is sent. */
export function markAsHtml(body: string): string {
  return `${mode}\n${body}`;
}

/** A body as it was before it was marked. */
export function unmark(body: string): string {
  return body.replace(/^\s*<!-- buttondown-editor-mode: \w+ -->\n?/, '');
}
