import type { Family } from './family.ts';

/** Tags of Hexo (https://hexo.io/docs/tag-plugins, checked December 2026) and of its theme NexT. */
export const hexo = {
  shortcodes: {
    btn: 'link',
    centerquote: 'quote',
    cq: 'quote',
    gp: 'unwrap',
    grouppicture: 'unwrap',
    pullquote: 'quote',
    subtabs: 'unwrap',
  },
} as const satisfies Family;
