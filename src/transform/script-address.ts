/** Whether an address runs a script instead of leading somewhere; browsers skip white space and controls in it. */
export function isScriptAddress(url: string): boolean {
  return /^(?:javascript|vbscript):/i.test(url.replaceAll(/[\0-\x20]/g, ''));
}
