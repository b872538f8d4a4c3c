import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withholdSecrets } from '../../src/base/child-environment.ts';
import { openGitLedger, type GitLedgerOptions } from '../../src/ledger/git.ts';
import { author, branch, makeBlog, runGitCommand, wrapGit } from '../git-blog.ts';
import { copy, makeIntent, readNames } from '../ledger/ledger-contract.ts';

const open = (repository: string, more: Partial<GitLedgerOptions> = {}) =>
  openGitLedger({
    repository,
    branch,
    ...withholdSecrets(more.environment ?? author, { targets: [] }),
    ...more,
  });

describe('git: the token', () => {
  const token = 'ghs_TokenForTestsOnly0123456789';

  /** A server that lets anybody read and only the token's owner write, as GitHub does with a public repository. */
  async function serve(remote: string) {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      const { pathname, search } = new URL(request.url ?? '', 'http://127.0.0.1');
      const given = request.headers.authorization;
      if (given !== undefined) seen.push(Buffer.from(given.replace('Basic ', ''), 'base64').toString('utf8'));
      if (`${pathname}${search}`.includes('git-receive-pack') && given === undefined) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
        return;
      }
      const backend = spawn('git', ['-c', 'http.receivepack=true', 'http-backend'], {
        env: {
          PATH: process.env['PATH'],
          GIT_PROJECT_ROOT: join(remote, '..'),
          GIT_HTTP_EXPORT_ALL: '1',
          PATH_INFO: pathname,
          QUERY_STRING: search.slice(1),
          REQUEST_METHOD: request.method,
          CONTENT_TYPE: request.headers['content-type'] ?? '',
          HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
          GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
          REMOTE_USER: given === undefined ? '' : 'author',
        },
      });
      request.pipe(backend.stdin);
      const chunks: Buffer[] = [];
      backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      backend.on('close', () => {
        const output = Buffer.concat(chunks);
        const end = output.indexOf('\r\n\r\n');
        const headers = output.toString('latin1', 0, end).split('\r\n');
        const status = headers.find((line) => line.startsWith('Status: '))?.slice(8, 11) ?? '200';
        for (const line of headers.filter((one) => !one.startsWith('Status: '))) {
          const [name = '', value = ''] = line.split(': ');
          response.setHeader(name, value);
        }
        response.writeHead(Number(status)).end(output.subarray(end + 4));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { origin, seen, close: () => server.close() };
  }

  it('is lent to GitHub’s own address, in no list of processes and no message', async () => {
    const blog = makeBlog();
    const server = await serve(blog.remote);
    try {
      runGitCommand(blog.folder, 'remote', 'set-url', 'origin', `${server.origin}/remote.git`);
      const wrapped = wrapGit('echo "$@" >> "$HERE/log"; exec "$GIT" "$@"');
      const log = join(wrapped['WRAPPER'] ?? '', 'log');
      const own = { ...wrapped, GITHUB_TOKEN: token, GITHUB_SERVER_URL: server.origin };
      const ledger = open(blog.folder, { environment: own });
      expect(await ledger.append(copy, 0, makeIntent('a'))).toBe('ok');
      expect(await readNames(ledger, copy)).toEqual(['a']);
      expect(new Set(server.seen)).toEqual(new Set([`x-access-token:${token}`]));
      const calls = readFileSync(log, 'utf8');
      expect(calls).toContain('push');
      expect(calls).not.toContain(token);
      expect(calls).not.toContain(Buffer.from(`x-access-token:${token}`).toString('base64'));
    } finally {
      server.close();
    }
  });

  it('is shown to no other server', async () => {
    const blog = makeBlog();
    const server = await serve(blog.remote);
    try {
      runGitCommand(blog.folder, 'remote', 'set-url', 'origin', `${server.origin}/remote.git`);
      for (const elsewhere of ['https://github.com', undefined]) {
        const own = {
          ...author,
          GITHUB_TOKEN: token,
          ...(elsewhere && { GITHUB_SERVER_URL: elsewhere }),
        };
        const error: unknown = await open(blog.folder, { environment: own })
          .append(copy, 0, makeIntent('a'))
          .catch((reason: unknown) => reason);
        expect(error).toMatchObject({ code: 'LEDGER_UNWRITABLE' });
        expect(String(error)).not.toContain(token);
      }
      expect(server.seen).toEqual([]);
    } finally {
      server.close();
    }
  });

  it('gives way to what the author’s own git config holds', async () => {
    const blog = makeBlog();
    const server = await serve(blog.remote);
    try {
      runGitCommand(blog.folder, 'remote', 'set-url', 'origin', `${server.origin}/remote.git`);
      const header = `Authorization: Basic ${Buffer.from('x-access-token:persisted').toString('base64')}`;
      runGitCommand(blog.folder, 'config', `http.${server.origin}/.extraheader`, header);
      const own = { ...author, GITHUB_TOKEN: token, GITHUB_SERVER_URL: server.origin };
      expect(await open(blog.folder, { environment: own }).append(copy, 0, makeIntent('a'))).toBe('ok');
      expect(new Set(server.seen)).toEqual(new Set(['x-access-token:persisted']));
    } finally {
      server.close();
    }
  });
});
