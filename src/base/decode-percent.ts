/** A text with its percent codes decoded as browsers do. If any of them is not well formed, the text stays as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
