import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Judgement, Reply, StandInRequest } from '../src/rehearsal/exchange.ts';
import {
  readJsonBody,
  replyJson,
  startStandIn,
  type StandIn,
  type Troubles,
} from '../src/rehearsal/stand-in.ts';
import { openFolder, writeFiles } from './workspace.ts';

/** The token that the stand-in takes. */
export const githubToken = 'invented-github-token';

/** Who writes with a workflow's token. */
export const bot = 'github-actions[bot]';

/** The most characters of an issue's text, as GitHub's refusal of a longer one says. */
const longestBody = 65_536;

/** An issue as GitHub keeps it. */
interface Issue {
  readonly number: number;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  isGone?: boolean;
}

/** The part of GitHub's API that the dashboard uses, strict about paths, queries, headers and fields. */
export interface GithubStandIn {
  readonly standIn: StandIn;
  readonly issues: readonly Issue[];
  /** Comments, by the issue's number. */
  readonly comments: readonly { readonly number: number; readonly body: string }[];
  /** What a job of GitHub Actions finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens an issue as somebody else does. */
  open(login: string, title: string, body: string): Issue;
  /** Edits an issue's text in the browser; returns the file of the event that starts a run. */
  edit(number: number, login: string, change: (body: string) => string): string;
}

/** What the stand-in knows of the repository. */
export interface GithubOptions extends Troubles {
  /** What each user may do; nobody else is known. */
  readonly permissions?: Readonly<Record<string, 'admin' | 'write' | 'read' | 'none'>>;
  /** When the publishing workflow ran by its schedule, newest first. */
  readonly runs?: readonly string[];
  readonly isPrivate?: boolean;
  /** The status of every answer about issues: 410 where they are switched off, 403 where the token may not write. */
  readonly refusal?: number;
}

/** Starts a repository `example/blog` without issues. */
export async function openGithub(options: GithubOptions = {}): Promise<GithubStandIn> {
  const issues: Issue[] = [];
  const comments: { number: number; body: string }[] = [];
  const standIn = await startStandIn({
    ...options,
    behave: () => ({
      authenticate,
      decide: (request) => decide(request, issues, comments, options),
    }),
  });
  onTestFinished(() => standIn.close());
  const open: GithubStandIn['open'] = (login, title, body) => {
    const issue: Issue = { number: issues.length + 1, user: userOf(login), title, body, state: 'open' };
    issues.push(issue);
    return issue;
  };
  return {
    standIn,
    issues,
    comments,
    environment: {
      GITHUB_API_URL: standIn.url,
      GITHUB_REPOSITORY: 'example/blog',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
      GITHUB_TOKEN: githubToken,
    },
    open,
    edit(number, login, change) {
      const issue = issues[number - 1];
      if (issue === undefined) throw new Error(`there is no issue ${number}`);
      const from = issue.body ?? '';
      issue.body = change(from.replaceAll('\n', '\r\n'));
      const folder = openFolder();
      const { title, body, user } = issue;
      const event = {
        action: 'edited',
        issue: { number, title, body, user },
        changes: { body: { from } },
        sender: userOf(login),
      };
      writeFiles(folder, { 'event.json': JSON.stringify(event) });
      return join(folder, 'event.json');
    },
  };
}

/** Ticks the boxes of a text that a pattern is found behind. */
export function tick(pattern: RegExp): (body: string) => string {
  return (body) => {
    let found = 0;
    const ticked = body.replaceAll(/^( *)- \[ \] (.*)$/gm, (line, indent: string, rest: string) => {
      if (!pattern.test(rest)) return line;
      found += 1;
      return `${indent}- [x] ${rest}`;
    });
    if (found === 0) throw new Error(`no box is like ${pattern}:\n${body}`);
    return ticked;
  };
}

function userOf(login: string): Issue['user'] {
  return { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

function authenticate({ headers }: StandInRequest): Reply | undefined {
  if ((headers['user-agent'] ?? '') === '') return refuse(403, 'Request forbidden by administrative rules.');
  if (headers['authorization'] !== `Bearer ${githubToken}`) return refuse(401, 'Bad credentials');
  if (headers['accept'] !== 'application/vnd.github+json') return refuse(415, 'Unsupported media type');
  if (headers['x-github-api-version'] !== '2022-11-28') return refuse(400, 'Unknown API version');
  return undefined;
}

function refuse(status: number, message: string): Reply {
  return replyJson(status, {
    message,
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  });
}

function decide(
  request: StandInRequest,
  issues: Issue[],
  comments: { number: number; body: string }[],
  options: GithubOptions,
): Judgement {
  const { method, path, query } = request;
  const [, inside] = /^\/repos\/example\/blog(\/.*)?$/.exec(path) ?? [];
  const route = `${method} ${inside ?? ''}`;
  const no = (status: number, message: string): Judgement => ({ refuse: refuse(status, message) });
  if (!path.startsWith('/repos/example/blog')) return no(404, 'Not Found');
  if (route === 'GET ') {
    const value = { private: options.isPrivate === true };
    return expectQuery(query, []) ?? { show: () => replyJson(200, value) };
  }
  const [, login] = /^GET \/collaborators\/([^/]+)\/permission$/.exec(route) ?? [];
  if (login !== undefined) {
    const permission = options.permissions?.[decodeURIComponent(login)];
    if (permission === undefined) return no(404, `${login} is not a user`);
    return { show: () => replyJson(200, { permission, role_name: permission }) };
  }
  if (/^GET \/actions\/workflows\/[\w.-]+\/runs$/.test(route)) {
    const since = query.get('created')?.replace('>=', '') ?? '';
    const runs = (options.runs ?? [])
      .filter((created_at) => created_at >= since)
      .map((created_at, index) => ({ id: index, created_at, event: 'schedule' }));
    const shown = pageOf(runs, query);
    return (
      expectQuery(query, ['event', 'created', 'per_page', 'page']) ?? {
        show: () => replyJson(200, { total_count: runs.length, workflow_runs: shown }),
      }
    );
  }
  if (options.refusal !== undefined && inside?.startsWith('/issues') === true)
    return no(options.refusal, 'Issues has been disabled in this repository.');
  if (route === 'GET /issues') {
    const allowed = ['creator', 'state', 'sort', 'direction', 'per_page', 'page'];
    if (query.get('sort') !== 'created' || query.get('direction') !== 'asc')
      return no(422, 'Validation Failed');
    const state = query.get('state') ?? 'open';
    const found = issues.filter(
      (issue) =>
        issue.isGone !== true &&
        issue.user.login === (query.get('creator') ?? issue.user.login) &&
        (state === 'all' || issue.state === state),
    );
    return expectQuery(query, allowed) ?? { show: () => replyJson(200, pageOf(found, query).map(showIssue)) };
  }
  return decideWrite(request, inside ?? '', issues, comments);
}

function decideWrite(
  request: StandInRequest,
  inside: string,
  issues: Issue[],
  comments: { number: number; body: string }[],
): Judgement {
  const route = `${request.method} ${inside}`;
  const no = (status: number, message: string): Judgement => ({ refuse: refuse(status, message) });
  const json = readJsonBody(request);
  const [, number = ''] = /^\/issues\/(\d+)(?:\/comments)?$/.exec(inside) ?? [];
  const issue = issues.find((one) => one.number === Number(number) && one.isGone !== true);
  const isComment = /^POST \/issues\/\d+\/comments$/.test(route);
  const isEdit = /^PATCH \/issues\/\d+$/.test(route);
  const isNew = route === 'POST /issues';
  if (!isComment && !isEdit && !isNew) return no(404, 'Not Found');
  if (json === undefined) return no(400, 'Problems parsing JSON');
  if (!isNew && issue === undefined)
    return no(issues[Number(number) - 1] === undefined ? 404 : 410, 'Not Found');
  const allowed = isComment ? ['body'] : isNew ? ['title', 'body'] : ['title', 'body', 'state'];
  const strange = Object.keys(json).find((key) => !allowed.includes(key) || typeof json[key] !== 'string');
  if (strange !== undefined) return no(422, `Validation Failed: ${strange}`);
  const { title, body, state } = json as Record<string, string | undefined>;
  if (isNew && (title ?? '') === '') return no(422, 'Validation Failed: title');
  if ((body ?? '').length > longestBody)
    return no(422, `Validation Failed: body is too long (maximum is ${longestBody} characters)`);
  if (state !== undefined && state !== 'open' && state !== 'closed')
    return no(422, 'Validation Failed: state');
  return {
    take() {
      if (isComment) {
        comments.push({ number: Number(number), body: body ?? '' });
        return replyJson(201, { id: comments.length, body });
      }
      if (issue !== undefined) {
        Object.assign(issue, { ...(title && { title }), ...(body && { body }), ...(state && { state }) });
        return replyJson(200, showIssue(issue));
      }
      const made: Issue = {
        number: issues.length + 1,
        user: { login: bot, type: 'Bot' },
        title: title ?? '',
        body: body ?? null,
        state: 'open',
      };
      issues.push(made);
      return replyJson(201, showIssue(made));
    },
  };
}

function expectQuery(query: URLSearchParams, allowed: readonly string[]): Judgement | undefined {
  const strange = [...query.keys()].find((key) => !allowed.includes(key));
  return strange === undefined ? undefined : { refuse: refuse(422, `Validation Failed: ${strange}`) };
}

function pageOf<One>(items: readonly One[], query: URLSearchParams): readonly One[] {
  const size = Math.min(Number(query.get('per_page') ?? 30), 100);
  const page = Number(query.get('page') ?? 1);
  return items.slice((page - 1) * size, page * size);
}

function showIssue({ number, title, body, state, user }: Issue) {
  return {
    id: 1000 + number,
    number,
    title,
    body,
    state,
    user,
    html_url: `https://github.com/example/blog/issues/${number}`,
    labels: [],
  };
}
