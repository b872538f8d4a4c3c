import { escapeHtml } from '../../base/escape-html.ts';
import type { Reply } from '../exchange.ts';
import { replyPage } from '../page.ts';
import { locateEmail, statusAt, type HeldAction, type HeldEmail, type State } from './held.ts';

/** The page at a path: all that is held, one email, one automation with what it sends, or none. */
export function showPage(path: string, state: State, at: number): Reply {
  if (path === '/') return showIndex(state, at);
  const email = state.emails.find((it) => locateEmail(it) === path);
  if (email !== undefined) return showLetter(email.subject, statusAt(email, at), email.body);
  const automation = state.automations.find(({ id }) => path === `/automations/${id}`);
  if (automation === undefined) {
    const body = '<h1>Not found</h1>\n<p><a href="/">All emails</a></p>';
    return replyPage({ title: 'Not found', body, status: 404 });
  }
  const letters = automation.actions.map(
    (action) =>
      `<section class="card"><p class="quiet">${describeTiming(action)}</p>\n<h2>${escapeHtml(String(action.metadata['subject']))}</h2>\n${String(action.metadata['body'])}</section>`,
  );
  return replyPage({
    title: automation.name,
    body: `<p><a href="/">All emails</a></p>\n<h1>${escapeHtml(automation.name)} (${automation.status})</h1>\n${letters.join('\n')}`,
  });
}

function showIndex({ emails, automations }: State, at: number): Reply {
  const items = [
    ...emails.map(
      (it) => `<li><a href="${locateEmail(it)}">${escapeHtml(it.subject)}</a> (${statusAt(it, at)})</li>`,
    ),
    ...automations.map(
      (it) =>
        `<li><a href="/automations/${it.id}">${escapeHtml(it.name)}</a>: ${it.actions.length} letters (${it.status})</li>`,
    ),
  ];
  return replyPage({
    title: 'Buttondown stand-in',
    body: `<h1>Buttondown stand-in</h1>\n<ul>\n${items.join('\n') || '<li>No email yet.</li>'}\n</ul>`,
  });
}

function showLetter(subject: string, status: string, body: HeldEmail['body']): Reply {
  const head = `<p><a href="/">All emails</a></p>\n<p class="quiet">${status}</p>\n<h1>${escapeHtml(subject)}</h1>`;
  return replyPage({ title: subject, body: `${head}\n${body}` });
}

function describeTiming({ timing }: HeldAction): string {
  const delay = timing?.delay;
  return delay ? `${escapeHtml(delay.value)} ${escapeHtml(delay.unit)} after the start` : 'at once';
}
