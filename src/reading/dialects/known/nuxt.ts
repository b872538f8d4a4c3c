import type { Family } from './family.ts';

/** The components that Nuxt Content and Nuxt UI have for prose (https://ui.nuxt.com/docs/typography, checked December 2026). */
export const nuxt = {
  directives: {
    accordion: 'unwrap',
    'accordion-item': 'details',
    badge: 'text',
    callout: 'callout',
    card: 'unwrap',
    'card-group': 'unwrap',
    'code-collapse': 'unwrap',
    'code-preview': 'unwrap',
    'code-tree': 'unwrap',
    collapsible: 'details',
    field: 'unwrap',
    'field-group': 'unwrap',
    icon: 'drop',
    kbd: 'kbd',
    list: 'unwrap',
    'nuxt-img': 'image',
    'read-more': 'link',
    steps: 'unwrap',
    tabs: 'unwrap',
    'tabs-item': 'tab',
    'video-player': 'embed',
    'u-button': 'link',
    'youtube-embed': 'youtube',
  },
} as const satisfies Family;
