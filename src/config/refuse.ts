import { isMap, isPair, isScalar, type Document, type LineCounter } from 'yaml';
import { BroadsideError } from '../base/errors.ts';

/** The text of a config file, read as YAML. */
export interface ConfigText {
  /** The file's path for people. */
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

/** What is wrong with an option. */
export interface OptionFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly remedy: string;
}

/** The error of YAML that is wrong at an offset. */
export function refuseYaml(
  message: string,
  remedy: string,
  position: number,
  { file, lines }: Omit<ConfigText, 'document'>,
): BroadsideError {
  const { line, col } = lines.linePos(position);
  return new BroadsideError('CONFIG_INVALID', `${file}:${line}:${col} ${message}`, {
    remedy,
    file,
    line,
    column: col,
  });
}

/** The error of options that are wrong, each with its line. */
export function refuseOptions(faults: readonly OptionFault[], config: ConfigText): BroadsideError {
  const { file } = config;
  const described = faults
    .map((fault) => ({ ...fault, ...placeOf(config, fault.path) }))
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const [first] = described;
  const message = described
    .map(({ line, column, message: said, remedy }) => `${file}:${line}:${column} ${said} ${remedy}`.trimEnd())
    .join('\n');
  return new BroadsideError('CONFIG_INVALID', message, {
    remedy: described.length === 1 ? 'Correct it and try again.' : 'Correct them and try again.',
    file,
    line: first?.line ?? 1,
    column: first?.column ?? 1,
  });
}

/** The line and column of the key at a path, or of the nearest thing above it that the file has. */
function placeOf(
  { document, lines }: ConfigText,
  path: readonly PropertyKey[],
): { readonly line: number; readonly column: number } {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent: unknown = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const key = path[depth - 1];
    const pair = isMap(parent)
      ? parent.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(key),
        )
      : undefined;
    const node: unknown = pair === undefined ? document.getIn(path.slice(0, depth), true) : pair.key;
    if (node !== null && typeof node === 'object' && 'range' in node && Array.isArray(node.range)) {
      const { line, col } = lines.linePos(Number(node.range[0]));
      return { line, column: col };
    }
  }
  return { line: 1, column: 1 };
}
