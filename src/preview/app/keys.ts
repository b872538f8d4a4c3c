import { signal } from '@preact/signals';
import { focusNext } from './focus.ts';
import { go, route } from './route.ts';
import { findLine, isLetter, overview, placeOf } from './state.ts';

/** Whether the list of keys is shown. */
export const isHelpOpen = signal(false);

/** What the keys do, for people. */
export const keyHelp: readonly (readonly [keys: string, does: string])[] = [
  ['/', 'search the posts'],
  ['j  k', 'next, previous'],
  ['Enter', 'open'],
  ['1 … 9', 'the original, the first copy, and so on'],
  ['Esc', 'back to the posts'],
  ['g p', 'posts'],
  ['g l', 'letters'],
  ['g c', 'calendar'],
  ['g f', 'what is wrong'],
  ['?', 'these keys'],
];

/** The posts as the list shows them now, so that the keys go through them in its order. */
export const shownIds = signal<readonly string[]>([]);

let isGoing = false;

/** Lets everything be reached by keys; a key that is typed into a field is the field's. */
export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const wasGoing = isGoing;
    isGoing = event.key === 'g';
    const does = wasGoing ? findPage(event.key) : findStep(event.key);
    if (does === undefined) return;
    event.preventDefault();
    does();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, dialog, [contenteditable]') !== null
  );
}

function findPage(key: string): (() => void) | undefined {
  if (key === 'p') return () => go({ page: 'posts' });
  if (key === 'f') return () => go({ page: 'rules' });
  if (key === 'l' && (overview.value?.letters.length ?? 0) > 0) return () => go({ page: 'letters' });
  return key === 'c' ? () => go({ page: 'calendar', span: 'month', day: '' }) : undefined;
}

function findStep(key: string): (() => void) | undefined {
  const { page } = route.value;
  if (key === '?') return () => (isHelpOpen.value = true);
  if (key === '/')
    return () => {
      if (page !== 'posts') go({ page: 'posts' });
      focusNext('#search');
    };
  if (key === 'Escape' && page !== 'posts') return () => leave();
  if (key === 'j' || key === 'k') return () => step(key === 'j' ? 1 : -1);
  if ((key === 'ArrowDown' || key === 'ArrowUp') && page === 'posts' && isInList())
    return () => step(key === 'ArrowDown' ? 1 : -1);
  return page === 'post' && /^[1-9]$/.test(key) ? () => showCopy(Number(key) - 1) : undefined;
}

function leave(): void {
  const id = route.value.page === 'post' ? findLine(route.value.name)?.id : undefined;
  go({ page: 'posts' });
  if (id !== undefined) focusNext(linkOf(id));
}

function isInList(): boolean {
  return document.activeElement?.closest('.posts') !== null;
}

/** Goes on to the next post: in the list by its link, on a post's page to the page of the next. */
export function step(by: number): void {
  const at = route.value;
  if (at.page === 'post') {
    const line = findLine(at.name);
    const ids = line !== undefined && isLetter(line) ? listIds('letters') : listPostIds();
    const next = ids[ids.indexOf(line?.id ?? '') + by];
    if (next !== undefined) go(placeOf(next, at.tab));
    return;
  }
  if (at.page !== 'posts') return;
  const ids = listPostIds();
  const focused = document.activeElement?.closest<HTMLElement>('[data-post]')?.dataset['post'];
  const place = focused === undefined ? (by > 0 ? 0 : ids.length - 1) : ids.indexOf(focused) + by;
  focusPost(ids[place]);
}

function listPostIds(): readonly string[] {
  return shownIds.value.length > 0 ? shownIds.value : listIds('posts');
}

function listIds(kind: 'posts' | 'letters'): readonly string[] {
  return overview.value?.[kind].map(({ id }) => id) ?? [];
}

/** Moves the focus to a post of the list. */
export function focusPost(id: string | undefined): void {
  if (id !== undefined) document.querySelector<HTMLElement>(linkOf(id))?.focus();
}

function linkOf(id: string): string {
  return `[data-post="${CSS.escape(id)}"] a`;
}

function showCopy(index: number): void {
  const tabs = document.querySelectorAll<HTMLElement>('[data-copy]');
  const tab = tabs[index];
  if (tab?.getAttribute('role') === 'tab') tab.click();
  tab?.focus();
}
