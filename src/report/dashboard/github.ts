import { z } from 'zod';
import { parseJson } from '../../base/parse-json.ts';
import { BroadsideError, SendError } from '../../base/errors.ts';
import { openHttp, type Http, type HttpResponse } from '../../base/http/client.ts';
import type { HttpMethod } from '../../base/http/judge-failure.ts';
import { isDashboard } from './marks.ts';

/** The dashboard's title. */
const dashboardTitle = 'Broadside';

/** Who writes with a workflow's own token (GitHub's documentation of GITHUB_TOKEN, checked December 2026). */
const ownLogin = 'github-actions[bot]';

/** The most items of a page, as GitHub gives them (its REST documentation, checked December 2026). */
const pageSize = 100;

/** The most pages that are read of a list. */
const mostPages = 20;

const user = z.object({ login: z.string(), type: z.string() });

const issueShape = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  user: user.nullable(),
  html_url: z.string(),
  pull_request: z.unknown().optional(),
});

const runShape = z.object({ created_at: z.string() });
const runsShape = z.object({ workflow_runs: z.array(runShape) });

const eventShape = z.object({
  action: z.string(),
  issue: issueShape.pick({ number: true, title: true, body: true, user: true }),
  changes: z.object({ body: z.object({ from: z.string().nullish() }).optional() }).optional(),
  sender: user,
});

type Issue = z.infer<typeof issueShape>;

/** The dashboard's issue, as it is. */
export interface KeptIssue {
  readonly number: number;
  readonly body: string;
  readonly url: string;
}

/** An edit of the dashboard's issue. */
export interface Edit {
  readonly number: number;
  readonly login: string;
  readonly before: string;
  readonly after: string;
}

/** What of a repository on GitHub the dashboard needs. Every call throws a `SendError`, or `DASHBOARD_REFUSED`. */
export interface Repository {
  /** The oldest issue that is a blog's dashboard, open or not. */
  find(blog: string): Promise<KeptIssue | undefined>;
  create(body: string): Promise<KeptIssue>;
  /** Writes title and text anew, and reopens the issue if somebody has closed it. */
  rewrite(number: number, body: string): Promise<KeptIssue>;
  close(number: number, body: string): Promise<void>;
  comment(number: number, text: string): Promise<void>;
  /** Whether a user may write to the repository. */
  mayWrite(login: string): Promise<boolean>;
  /** When each run of a workflow was made that its schedule started since an instant: ISO 8601, newest first. */
  listRuns(workflow: string, since: string): Promise<readonly string[]>;
  /** When the newest run of a workflow was made that its schedule started, however long ago: ISO 8601. */
  findLastRun(workflow: string): Promise<string | undefined>;
  isPublic(): Promise<boolean>;
}

/** Opens GitHub's API for the repository of a job. Throws `CREDENTIAL_MISSING`. */
function openApi(environment: Readonly<Record<string, string | undefined>>, signal: AbortSignal) {
  const { origin, name, token } = readJob(environment);
  const http = openHttp({
    origin,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    secrets: [token],
  });
  const base = `/repos/${name}`;
  const ask = async <Shape extends z.ZodType>(
    shape: Shape,
    method: HttpMethod,
    path: string,
    json?: unknown,
  ): Promise<z.infer<Shape>> => {
    const response = await http.request({ method, path: `${base}${path}`, json }, signal);
    if (response.status >= 400) throw refuse(http, response, method, path);
    return read(shape, response.json(), `${method} ${path}`);
  };
  const listPages = async function* <Shape extends z.ZodType>(shape: Shape, path: string, key?: string) {
    for (let page = 1; page <= mostPages; page += 1) {
      const list = z.array(shape);
      const whole = `${path}&per_page=${pageSize}&page=${page}`;
      const items =
        key === undefined
          ? await ask(list, 'GET', whole)
          : ((await ask(z.object({ [key]: list }), 'GET', whole))[key] ?? []);
      yield* items;
      if (items.length < pageSize) return;
    }
  };
  /** What is at a path of the API; undefined if there is nothing. */
  const findOne = async <Shape extends z.ZodType>(
    shape: Shape,
    path: string,
  ): Promise<z.infer<Shape> | undefined> => {
    const response = await http.request({ method: 'GET', path: `${base}${path}` }, signal);
    if (response.status === 404) return undefined;
    if (response.status >= 400) throw refuse(http, response, 'GET', path);
    return read(shape, response.json(), `GET ${path}`);
  };
  return { ask, listPages, findOne };
}

/** Opens a repository by what GitHub puts into a job's environment. Throws `CREDENTIAL_MISSING`. */
export function openRepository(
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Repository {
  const { ask, listPages, findOne } = openApi(environment, signal);
  return {
    async find(blog) {
      const creator = encodeURIComponent(ownLogin);
      const path = `/issues?creator=${creator}&state=all&sort=created&direction=asc`;
      let others = 0;
      for await (const issue of listPages(issueShape, path)) {
        if (isOwn(issue, blog)) return { number: issue.number, body: issue.body ?? '', url: issue.html_url };
        others += 1;
      }
      if (others < mostPages * pageSize) return undefined;
      throw new BroadsideError(
        'DASHBOARD_REFUSED',
        `The dashboard is not among the oldest ${others} issues of ${ownLogin}, and no more are read.`,
        { remedy: 'Delete some of these issues, or take the dashboard’s step out of the workflow.' },
      );
    },
    async create(body) {
      const made = await ask(issueShape, 'POST', '/issues', { title: dashboardTitle, body });
      return { number: made.number, body, url: made.html_url };
    },
    async rewrite(number, body) {
      const fields = { title: dashboardTitle, body, state: 'open' };
      const { html_url: url } = await ask(issueShape, 'PATCH', `/issues/${number}`, fields);
      return { number, body, url };
    },
    async close(number, body) {
      await ask(issueShape, 'PATCH', `/issues/${number}`, { body, state: 'closed' });
    },
    async comment(number, text) {
      await ask(z.object({ id: z.int() }), 'POST', `/issues/${number}/comments`, { body: text });
    },
    async mayWrite(login) {
      const path = `/collaborators/${encodeURIComponent(login)}/permission`;
      const found = await findOne(z.object({ permission: z.string() }), path);
      return found?.permission === 'admin' || found?.permission === 'write';
    },
    async listRuns(workflow, since) {
      const path = `${pathOfRuns(workflow)}&created=${encodeURIComponent(`>=${since}`)}`;
      const found: string[] = [];
      for await (const run of listPages(runShape, path, 'workflow_runs')) found.push(run.created_at);
      return found;
    },
    async findLastRun(workflow) {
      return (await ask(runsShape, 'GET', `${pathOfRuns(workflow)}&per_page=1`)).workflow_runs[0]?.created_at;
    },
    async isPublic() {
      return !(await ask(z.object({ private: z.boolean() }), 'GET', '')).private;
    },
  };
}

/** The runs of a workflow that its schedule started. */
function pathOfRuns(workflow: string): string {
  return `/actions/workflows/${encodeURIComponent(workflow)}/runs?event=schedule`;
}

function readJob({
  GITHUB_API_URL: origin = '',
  GITHUB_REPOSITORY: name = '',
  GITHUB_TOKEN: token = '',
}: Readonly<Record<string, string | undefined>>): {
  readonly origin: string;
  readonly name: string;
  readonly token: string;
} {
  if (token === '' || !/^[\w.-]+\/[\w.-]+$/.test(name)) {
    const missing = token === '' ? 'GITHUB_TOKEN' : 'GITHUB_REPOSITORY';
    throw new BroadsideError('CREDENTIAL_MISSING', `${missing} is not set, so the issue cannot be reached.`, {
      remedy: 'Leave --issue out to see the text, or run this in a job of GitHub Actions.',
    });
  }
  return { origin: origin === '' ? 'https://api.github.com' : origin, name, token };
}

/**
 * What GitHub says of an edit of the dashboard, from the file it gives a run; undefined where it is another issue, or the program
 * itself wrote. Throws `DASHBOARD_REFUSED` for what is no event of an issue.
 */
export function readEdit(text: string, blog: string): Edit | undefined {
  const { action, issue, changes, sender } = read(eventShape, parseJson(text), 'the event');
  const after = issue.body ?? '';
  const before = changes?.body === undefined ? after : (changes.body.from ?? '');
  const isOurs = issue.user?.login === ownLogin && isDashboard(before, blog);
  if (action !== 'edited' || !isOurs || sender.login === ownLogin) return undefined;
  return { number: issue.number, login: sender.login, before, after };
}

/** Whether an issue is the dashboard of a blog: its title alone would not tell it from somebody else's. */
function isOwn({ user: author, body, pull_request: pullRequest }: Issue, blog: string): boolean {
  return author?.login === ownLogin && pullRequest === undefined && isDashboard(body ?? '', blog);
}

function read<Shape extends z.ZodType>(shape: Shape, value: unknown, what: string): z.infer<Shape> {
  const { data, success } = shape.safeParse(value);
  if (success) return data;
  throw new BroadsideError('DASHBOARD_REFUSED', `${what} is not what GitHub documents.`, {
    remedy: 'Check whether GITHUB_API_URL is the address of GitHub’s API, and run this again.',
  });
}

function refuse(
  http: Http,
  { status, text }: HttpResponse,
  method: HttpMethod,
  path: string,
): BroadsideError {
  const said = z.object({ message: z.string() }).safeParse(parseJson(text));
  const words = said.success ? `: ${http.quote(said.data.message)}` : '';
  const what = `GitHub answered ${status} to ${method} ${path.split('?')[0] || '/'}${words}`;
  if (status >= 500 || status === 429) {
    const sent = method === 'GET' ? 'no' : 'unknown';
    return new SendError('REQUEST_FAILED', what, { remedy: 'The next run tries again.', sent, status });
  }
  const remedy =
    status === 410
      ? 'Switch issues on in the repository’s settings, or take the dashboard’s step out of the workflow.'
      : 'Give the job the permissions "issues: write" and "actions: read".';
  return new BroadsideError('DASHBOARD_REFUSED', what, { remedy });
}
