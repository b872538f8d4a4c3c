import type { Meaning } from '../meanings.ts';

/**
 * What the classes stand for that authors give a block in kramdown: Chirpy's prompts, Minimal Mistakes' notices and the callouts of
 * Just the Docs. A notice is told by its colour alone, so that it is a quote without a word.
 */
export const jekyllClasses: Readonly<Record<string, Meaning>> = {
  'prompt-danger': 'danger',
  'prompt-info': 'info',
  'prompt-tip': 'tip',
  'prompt-warning': 'warning',
  notice: 'callout',
  'notice--danger': 'callout',
  'notice--info': 'callout',
  'notice--primary': 'callout',
  'notice--success': 'callout',
  'notice--warning': 'callout',
  caution: 'caution',
  danger: 'danger',
  important: 'important',
  info: 'info',
  note: 'note',
  tip: 'tip',
  warning: 'warning',
};
