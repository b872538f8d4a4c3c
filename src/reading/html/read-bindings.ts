import type { Root } from 'hast';
import { rewriteElements } from './hast.ts';

const binding = /^(?::|v-bind:)(src|href|poster)$/;

/** A path that a program only puts the site's folder before, or a text that stands as it is. */
const literal = /^(?:(?:withBase|require|useBaseUrl)\(\s*)?(?:"([^"]+)"|'([^']+)'|`([^`$]+)`)(?:\s*\))?$/;

/**
 * Gives elements the addresses that Vue binds to them (`:src="logo"`): what is written out, or an output in its place, which only the
 * author's site can work out. Changes the tree in place.
 */
export function readBindings(root: Root): void {
  rewriteElements(root, (element) => {
    for (const [name, value] of Object.entries(element.properties)) {
      const [, attribute] = binding.exec(name) ?? [];
      if (attribute === undefined || typeof value !== 'string') continue;
      const [, double, single, quoted] = literal.exec(value.trim()) ?? [];
      element.properties[attribute] ??= double ?? single ?? quoted ?? `{{ ${value.trim()} }}`;
    }
    return [element];
  });
}
