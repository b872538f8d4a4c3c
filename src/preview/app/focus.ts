/**
 * Moves the focus to what a selector finds, once what the person just did is shown: before the next key is looked at, so that
 * no key of a person who types fast goes to the place before. Preact shows a change in a microtask, and this is the next one.
 */
export function focusNext(selector: string): void {
  queueMicrotask(() => document.querySelector<HTMLElement>(selector)?.focus());
}
