/**
 * Whether an address runs a script, or holds a page or a file, instead of leading somewhere; browsers skip white space and
 * controls in it. A picture or a sound may be held in its address.
 */
export function isScriptAddress(url: string): boolean {
  return /^(?:javascript:|vbscript:|data:(?!(?:audio|image|video)\/))/i.test(
    url.replaceAll(/[\0-\x20]/g, ''),
  );
}
