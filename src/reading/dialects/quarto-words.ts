/** What Quarto calls something in a page: a kind of callout, or what it counts. */
type QuartoWord = 'note' | 'tip' | 'warning' | 'important' | 'caution' | 'fig' | 'tbl' | 'lst' | 'eq';

const order: readonly QuartoWord[] = [
  'note',
  'tip',
  'warning',
  'important',
  'caution',
  'fig',
  'tbl',
  'lst',
  'eq',
];

/** By language, in the same order (quarto-dev/quarto-cli src/resources/language, checked December 2026). */
const words: Readonly<Record<string, string>> = {
  de: 'Hinweis|Tipp|Warnung|Wichtig|Vorsicht|Abbildung|Tabelle|Listing|Gleichung',
  en: 'Note|Tip|Warning|Important|Caution|Figure|Table|Listing|Equation',
  es: 'Nota|Tip|Advertencia|Importante|Precaución|Figura|Tabla|Listado|Ecuación',
  fr: 'Note|Astuce|Avertissement|Important|Mise en garde|Figure|Table|Listing|Équation',
  it: 'Nota|Consiglio|Avviso|Importante|Attenzione|Figura|Tabella|Lista|Equazione',
  ja: 'ノート|ヒント|警告|重要|注意|図|表|コード|式',
  nl: 'Opmerking|Tip|Waarschuwing|Belangrijk|Opgelet|Figuur|Tabel|Listing|Vergelijking',
  pt: 'Nota|Dica|Aviso|Importante|Cuidado|Figura|Tabela|Listagem|Equação',
  zh: '注记|提示|警告|重要|注意|图|表|列表|式',
};

/** What Quarto calls something in a language; in English where the language is not known here, and undefined for what it has no word for. */
export function sayInQuarto(word: string, lang = 'en'): string | undefined {
  const primary = lang.split(/[-_]/, 1)[0]?.toLowerCase() ?? '';
  const own =
    Object.hasOwn(words, primary) && !/^zh[-_](?:tw|hk|hant)/i.test(lang) ? words[primary] : words['en'];
  const at = order.findIndex((one) => one === word);
  return at === -1 ? undefined : own?.split('|')[at];
}
