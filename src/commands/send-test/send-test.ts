import { mailServerVariable } from '../../base/child-environment.ts';
import { BroadsideError } from '../../base/errors.ts';
import type { Shell } from '../../base/shell.ts';
import { cleanForTerminal } from '../../base/terminal.ts';
import { isOutAt } from '../../blog/eligibility.ts';
import { describeSite } from '../../blog/describe-site.ts';
import { loadBlog } from '../../blog/load.ts';
import { nameWritings } from '../../blog/name-posts.ts';
import { mailPost } from '../../blog/mailable.ts';
import { loadConfig } from '../../config/load.ts';
import { sampleTag } from '../../mailing/merge-tags.ts';
import { renderMail } from '../../mailing/render-mail.ts';
import { reportDiagnostics } from '../../report/diagnostics.ts';
import { chooseContent } from '../../transform/choose-content.ts';
import { showWrapped } from '../../transform/show-wrapped.ts';
import { readServer, sendMail, type MailServer } from './send-mail.ts';

export interface SendTestArguments {
  readonly config: string;
  readonly letter: string;
  readonly to: string;
  /** Whom it is from; by default whom it goes to. */
  readonly from?: string | undefined;
}

/** What a test counts as where a letter chooses what it shows on which target. */
const target = { name: 'send-test', kind: 'mail' };

/**
 * Runs `broadside send-test`: mails one letter to one address, its merge tags by their fallbacks. The ledger knows nothing of it.
 * Returns the exit code.
 */
export async function runSendTest(args: SendTestArguments, shell: Shell): Promise<number> {
  const server = demandServer(shell.environment[mailServerVariable] ?? '');
  const config = await loadConfig(args.config, shell.cwd);
  const blog = await loadBlog(config, shell.signal);
  const [writing] = nameWritings([args.letter], blog);
  if (writing === undefined) return 1;
  const letter = 'subject' in writing ? writing : mailPost(writing, target.name);
  const content = chooseContent(showWrapped(await blog.readLetter(letter)), target);
  const site = describeSite(config, blog.posts, (post) => isOutAt(post, shell.now()));
  const mail = renderMail(content, letter, site, { target: target.name, mergeTags: sampleTag });
  reportDiagnostics(mail.diagnostics, shell);
  const { subject, text, html } = mail;
  const answer = await sendMail(server, {
    from: args.from ?? args.to,
    to: args.to,
    subject,
    text,
    html,
  });
  if (shell.format === 'json')
    shell.print(
      `${JSON.stringify({ letter: letter.id, to: args.to, subject, bytes: mail.bytes, answer }, null, 2)}\n`,
    );
  else
    shell.print(
      `${letter.id} was mailed to ${cleanForTerminal(args.to)} as a test. The server says: ${cleanForTerminal(answer)}\n`,
    );
  return 0;
}

function demandServer(address: string): MailServer {
  if (address.trim() === '')
    throw new BroadsideError('CREDENTIAL_MISSING', 'SMTP_URL is not set.', {
      remedy: 'Set it to the server that mails for you, such as smtps://name:password@mail.example:465.',
    });
  const server = readServer(address);
  if (server === undefined)
    throw new BroadsideError('URL_REFUSED', 'SMTP_URL is no address of a mail server.', {
      remedy:
        'Write it as in smtps://name:password@mail.example:465 or smtp://name:password@mail.example:587.',
    });
  return server;
}
