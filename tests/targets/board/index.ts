import { digestJson } from '../../../src/base/digest.ts';
import type { CopyTarget } from '../../../src/model/target.ts';
import { defineTarget, nameSecrets, readPolicy } from '../../../src/targets/define.ts';
import { defaultUrl } from './limits.ts';
import type { BoardRendering } from './render.ts';
import { boardRules } from './rules.ts';

const secretRoles = [{ role: 'key', variable: 'BOARD_KEY', required: true }];

/** Notices on an invented board: the sample of a target that is added by its folder and its line alone. */
export const board = defineTarget({
  kind: 'board',
  summary: 'A notice on a board that leads to the original.',
  rules: boardRules,
  secrets: secretRoles,
  options: async () => (await import('./options.ts')).boardOptions,
  starter: async () => (await import('./starter.ts')).boardStarter,
  create(name, options): CopyTarget {
    const { url, sign } = options;
    const rendering: BoardRendering = { name, sign, options: digestJson({ sign }) };
    return {
      name,
      kind: 'board',
      granularity: 'copy',
      by: 'program',
      fixed: [],
      policy: readPolicy(options),
      digestOptions: () => rendering.options,
      showsBody: false,
      capabilities: {
        observe: true,
        update: 'freely',
        pace: { writes: { count: 100, ms: 1000 } },
      },
      url,
      secrets: nameSecrets(url, defaultUrl, secretRoles, options.secrets),
      extension: 'txt',
      async render(post, content, site) {
        const { renderForBoard } = await import('./render.ts');
        return renderForBoard(post, content, site, rendering);
      },
      async connect(secrets) {
        const { connectBoard } = await import('./client.ts');
        return connectBoard({ url }, secrets);
      },
    };
  },
});
