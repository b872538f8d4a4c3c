/** The nodes whose children are blocks; `directive` is one only until directives are translated. */
export const blockHolders: ReadonlySet<string> = new Set([
  'root',
  'blockquote',
  'listItem',
  'footnoteDefinition',
  'details',
  'figure',
  'only',
  'directive',
]);
