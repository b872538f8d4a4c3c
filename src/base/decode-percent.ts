/** A text with its percent signs read as browsers do: one with any that are not well formed stays as it is. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
