import { describeSite } from '../blog/describe-site.ts';
import { loadBlog } from '../blog/load.ts';
import { nameWritings } from '../blog/name-posts.ts';
import { renderWriting } from '../blog/render-writing.ts';
import { loadConfig } from '../config/load.ts';
import { isOutAt } from '../blog/eligibility.ts';
import { reportDiagnostics } from '../report/diagnostics.ts';
import type { Shell } from '../base/shell.ts';
import { cleanForTerminal } from '../base/terminal.ts';
import { readStoredPieces } from '../workbench/read-known-ledger.ts';
import { chooseTargets } from '../config/choose-targets.ts';

export interface RenderArguments {
  readonly config: string;
  readonly post: string;
  readonly target: string;
  readonly at?: string | undefined;
}

/** Runs `broadside render`: one rendition's body to standard output, its fields to standard error. Returns the exit code. */
export async function runRender(args: RenderArguments, shell: Shell): Promise<number> {
  const config = await loadConfig(args.config, shell.cwd);
  const [target] = chooseTargets(config, args.target);
  const blog = await loadBlog(config, shell.signal, undefined, {
    stored: await readStoredPieces(config, shell),
  });
  const [writing] = nameWritings([args.post], blog);
  if (target === undefined || writing === undefined) return 1;
  const now = args.at ?? shell.now();
  const site = describeSite(config, blog.posts, (one) => isOutAt(one, now));
  const { diagnostics, shown } = await renderWriting(writing.id, target, { blog, config, site });
  reportDiagnostics(diagnostics, shell);
  const rendition = shown?.rendition;
  if (rendition === undefined) return 1;
  if (shell.format === 'json') {
    shell.print(`${JSON.stringify(rendition, null, 2)}\n`);
  } else {
    for (const [name, value] of Object.entries(rendition.fields)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      shell.report(`${name}: ${cleanForTerminal(text)}\n`);
    }
    shell.print(rendition.body.endsWith('\n') ? rendition.body : `${rendition.body}\n`);
  }
  return diagnostics.some((fault) => fault.severity === 'error') ? 1 : 0;
}
