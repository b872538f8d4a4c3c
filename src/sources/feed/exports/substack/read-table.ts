/** A table of comma-separated values (RFC 4180), each row by the names in the first one. */
export function readTable(text: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\r|$)/y;
  const table = text.replace(/^\uFEFF/, '');
  while (field.lastIndex < table.length) {
    const start = field.lastIndex;
    const [, quoted, bare = '', ending] = field.exec(table) ?? [];
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    if (ending === undefined) {
      // A quote that no row closes: the rest of its line is taken as it is.
      const end = table.indexOf('\n', start);
      row[row.length - 1] = table.slice(start, end === -1 ? undefined : end);
      field.lastIndex = end === -1 ? table.length : end + 1;
    }
    if (ending !== ',') {
      rows.push(row);
      row = [];
    }
  }
  const [names = [], ...records] = rows;
  return records
    .filter((record) => record.some((value) => value !== ''))
    .map((record) => Object.fromEntries(names.map((name, index) => [name.trim(), record[index] ?? ''])));
}
