import { BroadsideError, suggestWord } from '../base/errors.ts';
import type { Target } from '../model/target.ts';
import type { Config } from './load.ts';

/** The targets in play: all, or the one named. Throws `TARGET_UNKNOWN`. */
export function chooseTargets(config: Config, name: string | undefined): readonly Target[] {
  if (name === undefined) return config.targets;
  const target = config.targets.find((one) => one.name === name);
  if (target !== undefined) return [target];
  const known = config.targets.map((one) => one.name);
  const near = suggestWord(name, known);
  throw new BroadsideError('TARGET_UNKNOWN', `No target is called "${name}".`, {
    remedy: near === undefined ? `The config has ${known.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  });
}
