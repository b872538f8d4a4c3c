/** A value after the filters of Liquid and Nunjucks that are most used; undefined where one is another. */
export function applyFilters(value: string, filters: readonly string[]): string | undefined {
  return filters.reduce<string | undefined>((text, filter) => {
    if (text === undefined || /^(?:strip|trim|safe|default\b.*)$/s.test(filter)) return text;
    if (/^e(?:scape)?$/.test(filter)) return /[&<>"']/.test(text) ? undefined : text;
    if (/^(?:upcase|upper)$/.test(filter)) return text.toUpperCase();
    if (/^(?:downcase|lower)$/.test(filter)) return text.toLowerCase();
    const [, way, double, single = ''] =
      /^(append|prepend):\s*(?:"([^"{}|]*)"|'([^'{}|]*)')$/.exec(filter) ?? [];
    if (way === 'append') return text + (double ?? single);
    if (way === 'prepend') return (double ?? single) + text;
    if (!/^(?:relative_url|absolute_url|url)$/.test(filter)) return undefined;
    return /^(?:\/|[a-z][a-z\d+.-]*:)/i.test(text) ? text : `/${text}`;
  }, value);
}
