import { signal } from '@preact/signals';

/**
 * Where the page is, as the part of its address after `#` tells, so that a link can lead there from any folder. A post's name is
 * that of its data.
 */
export type Route =
  | { readonly page: 'posts' }
  | { readonly page: 'post'; readonly name: string; readonly tab: string }
  | { readonly page: 'calendar'; readonly span: 'month' | 'week'; readonly day: string }
  | { readonly page: 'letters' }
  | { readonly page: 'rules' };

/** Reads the part of an address after `#`; what leads nowhere leads to the posts. */
function readRoute(hash: string): Route {
  const [page, first, second] = hash
    .replace(/^#?\/?/, '')
    .replace(/\?.*/s, '')
    .split('/')
    .map(decode);
  if (page === 'posts' && first !== undefined && first !== '')
    return { page: 'post', name: first, tab: second ?? '' };
  if (page === 'calendar')
    return {
      page,
      span: first === 'week' ? 'week' : 'month',
      day: /^\d{4}-\d\d-\d\d$/.exec(second ?? '')?.[0] ?? '',
    };
  return page === 'rules' || page === 'letters' ? { page } : { page: 'posts' };
}

/** The link to a place of the page. */
export function linkTo(route: Route): string {
  if (route.page === 'post')
    return `#/posts/${encodeURIComponent(route.name)}${route.tab === '' ? '' : `/${encodeURIComponent(route.tab)}`}`;
  if (route.page === 'calendar') return `#/calendar/${route.span}${route.day === '' ? '' : `/${route.day}`}`;
  return route.page === 'rules' || route.page === 'letters' ? `#/${route.page}` : '#/';
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const route = signal<Route>(readRoute(location.hash));

/** Goes to another place, as a link would, but at once: the next key is a key of that place. */
export function go(to: Route): void {
  location.hash = linkTo(to);
  show(to);
}

/** Names the place anew without a step in the browser's history. */
export function rename(to: Route): void {
  history.replaceState(null, '', linkTo(to));
  route.value = to;
}

window.addEventListener('hashchange', () => show(readRoute(location.hash)));

function show(to: Route): void {
  const last = route.value;
  if (linkTo(last) === linkTo(to)) return;
  route.value = to;
  if (linkTo({ ...last, tab: '' } as Route) !== linkTo({ ...to, tab: '' } as Route)) window.scrollTo(0, 0);
}
