import { listWords } from '../base/list-words.ts';
import type { Inspection } from './define.ts';
import type { Origin } from './origin.ts';
import type { Answers, SourceAnswer, TargetAnswer } from './write-config.ts';

const marker = '<!-- broadside -->';

/** What the folders are that Broadside writes to and git need not keep. */
const ignoredFolders = ['out/', '.broadside/'] as const;

/** The text of a .gitignore that keeps what Broadside writes out of the repository. */
export function writeGitignore(): string {
  return `${ignoredFolders.join('\n')}\n`;
}

/** Which of the folders a .gitignore does not name yet. */
export function findUnignored(text: string): readonly string[] {
  const lines = new Set(text.split('\n').map((line) => line.trim().replaceAll(/^\/|\/$/g, '')));
  return ignoredFolders.filter((folder) => !lines.has(folder.replace(/\/$/, '')));
}

/** How an author starts the program: a release by its exact version, and any other as they keep it. */
export function nameCommand(origin: Origin | undefined): string {
  return origin?.kind === 'release' ? `npx ${origin.name}@${origin.version}` : 'broadside';
}

/** What has to be there before that works. */
function describeCommand(origin: Origin | undefined): string {
  return origin?.kind === 'commit'
    ? `\`broadside\` is ${origin.repository} at the commit \`${origin.commit}\`, which the workflows run too: in a clone of it, run
\`npm ci --omit=dev --ignore-scripts\` once, and then \`node CLONE/src/start.js\` here.

`
    : '';
}

/** What a README says of the blog. */
export interface About extends Pick<Answers, 'targets'> {
  readonly sources: readonly [Pick<SourceAnswer, 'posts'>, ...unknown[]];
}

/** The README's section about the copies. */
export function writeReadmeSection(
  { sources: [{ posts }], targets }: About,
  origin: Origin | undefined,
): string {
  const command = nameCommand(origin);
  const place = /^[\w./-]+$/.test(posts) ? `\`${posts}/\`` : 'this repository';
  return `${marker}

## Copies elsewhere

The posts in ${place} are the originals. Broadside puts a copy of each ${namePlaces(targets)}, each at its
time and each linking back here. What goes where, and when, is in \`config/broadside.yaml\`; GitHub Actions does it.

${describeCommand(origin)}\`\`\`sh
${command} check      # try every rule on every post
${command} rehearse   # publish to stand-ins on this machine, without any account
${command} plan       # what would be published now, and why
${command} status     # where every copy stands
\`\`\`

A post ${describeChoice(targets)}stays at home with
\`syndicate: false\`.
`;
}

/** Where the copies go: on some places, and into others. */
function namePlaces(targets: readonly TargetAnswer[]): string {
  const on = targets.flatMap(({ place }) => ('on' in place ? [place.on] : []));
  const into = targets.flatMap(({ place }) => ('into' in place ? [place.into] : []));
  return [
    ...(on.length === 0 ? [] : [`on ${listWords(on, 'and')}`]),
    ...(into.length === 0 ? [] : [`into ${listWords(into, 'and')}`]),
  ].join(' and ');
}

/** How a post is sent to each target that takes only those that ask for it. */
function describeChoice(targets: readonly TargetAnswer[]): string {
  return targets
    .filter(({ optIn }) => optIn)
    .map(({ name, place }) => {
      const there = 'on' in place ? place.on : place.into;
      return `goes to ${there} when its front matter says \`syndicate: { ${name}: true }\`, and `;
    })
    .join('');
}

/** Whether a README has the section already. */
export function hasReadmeSection(text: string): boolean {
  return text.includes(marker);
}

/** A first post, which no target and no generator shows before its author says so. */
export function writeFirstPost(day: string, { dateField, lines }: Inspection['firstPost']): string {
  return `---
title: A first post
${dateField}: ${day}
description: One or two sentences about the post, for those who see it in a list.
tags: [blogging]
# A draft is never published: take this out when the post is ready.
draft: true
${lines.map((line) => `${line}\n`).join('')}---

Write here what you want to say. Then try it, without an account and without sending anything:

\`\`\`sh
broadside check
broadside rehearse
\`\`\`
`;
}
