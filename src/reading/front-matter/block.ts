import type { Place } from '../../model/diagnostic.ts';
import type { Block, BlockFault } from './define.ts';
import { readSoundBlock } from './sound-yaml.ts';
import type { SplitText } from './split.ts';

/**
 * Reads a front matter without running anything: numbers and dates stay as written; duplicate keys and alias bombs are faults. What
 * YAML in which nothing is wrong does not need is only loaded for other blocks.
 */
export async function readBlock({
  kind,
  raw,
  firstLine,
}: Pick<SplitText, 'kind' | 'raw' | 'firstLine'>): Promise<Block | BlockFault> {
  if (kind === 'none') return { values: {}, places: new Map() };
  if (kind === 'lines') return readLineBlock(raw, firstLine);
  if (kind === 'toml') return (await import('./toml-block.ts')).readTomlBlock(raw, firstLine);
  const sound = readSoundBlock(raw, firstLine);
  return sound ?? (await import('./yaml-block.ts')).parseYamlBlock(raw, firstLine);
}

/** Reads plain `Key: value` lines, each value as it is written; a line that is indented goes on with the one before. */
function readLineBlock(raw: string, firstLine: number): Block {
  const values = new Map<string, string>();
  const places = new Map<string, Place>();
  let key = '';
  for (const [index, line] of raw.split('\n').entries()) {
    const [, name, value = ''] = /^([a-z][\w-]*):[ \t]*(.*)$/i.exec(line) ?? [];
    if (name === undefined) values.set(key, `${values.get(key) ?? ''}\n${line.trim()}`);
    else {
      key = name;
      values.set(key, value.trim());
      places.set(key.toLowerCase(), { line: firstLine + index, column: 1 });
    }
  }
  return { values: Object.fromEntries(values), places };
}
