import type { Place } from '../model/diagnostic.ts';

/** The address that each known editor opens a file by (each editor's own documentation, checked December 2026). */
const templates: Readonly<Record<string, string>> = {
  vscode: 'vscode://file{file}:{line}:{column}',
  vscodium: 'vscodium://file{file}:{line}:{column}',
  cursor: 'cursor://file{file}:{line}:{column}',
  windsurf: 'windsurf://file{file}:{line}:{column}',
  zed: 'zed://file{file}:{line}:{column}',
  textmate: 'txmt://open?url=file://{file}&line={line}&column={column}',
};

/** The address that opens a file, absolute, at a place in the author's editor; undefined where the config wants none. */
export function composeEditorUrl(editor: string, file: string, { line, column }: Place): string | undefined {
  if (editor === 'none') return undefined;
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
  const values: Readonly<Record<string, string>> = {
    file: path.startsWith('/') ? path : `/${path}`,
    line: String(line),
    column: String(column),
  };
  return (templates[editor] ?? editor).replaceAll(
    /\{(file|line|column)\}/g,
    (_, name: string) => values[name] ?? '',
  );
}
