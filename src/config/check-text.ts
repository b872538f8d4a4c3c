import { sourceKinds } from '../sources/index.ts';
import { targetKinds } from '../targets/index.ts';
import { explainIssue, explainOption } from './explain.ts';
import { loadKinds, namedKinds } from './load-kinds.ts';
import { parseConfigText } from './parse-text.ts';
import { refuseOptions, type OptionFault } from './refuse.ts';
import { configSchema, type ConfigOptions } from './schema.ts';
import type { BroadsideError } from '../base/errors.ts';

/** Checks a config file's text, `file` being its path for people. Throws `CONFIG_INVALID` with every fault's line and remedy. */
export async function checkConfigText(text: string, file: string): Promise<ConfigOptions> {
  const config = parseConfigText(text, file);
  const { value } = config;
  const sources = await loadKinds(sourceKinds, namedKinds(value, 'sources'));
  const targets = await loadKinds(targetKinds, namedKinds(value, 'targets'));
  const schema = await configSchema([...sources.values()], [...targets.values()]);
  const parsed = schema.safeParse(value, { error: explainIssue });
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.flatMap((issue) => explainOption(issue, schema, value));
  throw refuseOptions(faults, config);
}

/** The error of options in a config file's text that are wrong, each with its line. */
export function refuseInText(faults: readonly OptionFault[], text: string, file: string): BroadsideError {
  return refuseOptions(faults, parseConfigText(text, file));
}
