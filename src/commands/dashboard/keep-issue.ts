import type { Edit, KeptIssue, Repository } from '../../report/dashboard/github.ts';
import { findUntold, listNeeds } from '../../report/dashboard/needs.ts';
import { renderDashboard } from '../../report/dashboard/render.ts';
import type { Answer, DashboardView } from '../../report/dashboard/view.ts';

/**
 * Writes the dashboard's issue anew, or opens it where there is none; if something new needs a person, a comment says so, which
 * GitHub mails. Of two issues that were opened at once, the older stays. `edit`: the edit to answer; its issue is written anew even
 * if it has lost the mark by which it is found.
 */
export async function keepIssue(
  repository: Repository,
  view: DashboardView,
  answers: readonly Answer[],
  edit?: Edit,
): Promise<KeptIssue> {
  const body = renderDashboard(view, answers);
  const found = await repository.find(view.blog);
  const known =
    edit === undefined || edit.number === found?.number ? found : { number: edit.number, body: edit.before };
  if (known === undefined) return openOne(repository, view.blog, body);
  const kept = await repository.rewrite(known.number, body);
  const untold = findUntold(listNeeds(view), known.body);
  if (untold.length > 0) {
    const lines = untold.map(({ text }) => `- ${text}`);
    await repository.comment(known.number, `This needs you now:\n\n${lines.join('\n')}\n`);
  }
  return kept;
}

async function openOne(repository: Repository, blog: string, body: string): Promise<KeptIssue> {
  const made = await repository.create(body);
  const oldest = await repository.find(blog);
  if (oldest === undefined || oldest.number === made.number) return made;
  await repository.close(made.number, `Two runs opened the dashboard at once. It is #${oldest.number}.`);
  return repository.rewrite(oldest.number, body);
}
