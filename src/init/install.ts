import type { Origin } from './origin.ts';

/** How a job comes by the program. */
export interface Install {
  /** Lines of bash. */
  readonly script: readonly string[];
  /** What the script is handed. */
  readonly environment: Readonly<Record<string, string>>;
  /** The program, as a word of a script. */
  readonly program: string;
}

/**
 * Git and npm start with a path and an empty home, and nothing else of the job's environment: no secret, and no setting of the
 * blog's, of its author's or of the system's has a say. So npm asks the registry that it asks by itself.
 */
const alone = [
  'rm -rf "$RUNNER_TEMP/broadside"',
  'mkdir -p "$RUNNER_TEMP/broadside/home"',
  'alone() { env -i PATH="$PATH" HOME="$RUNNER_TEMP/broadside/home" GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 "$@"; }',
];

/** Takes what the lock file names, tries each package's digest, and runs none of their scripts. */
const installLocked =
  'alone npm ci --omit=dev --ignore-scripts --no-audit --no-fund --globalconfig="$RUNNER_TEMP/broadside/home/none"';

/** Beside the blog's checkout, never in it: no package or setting there is on Node's or npm's way up from here. */
const enter = ['mkdir "$RUNNER_TEMP/broadside/program"', 'cd "$RUNNER_TEMP/broadside/program"'];

/** Fetches one commit of a repository, by its whole id, which nothing but that commit has. */
export function installCommit(repository: string, commit: string): Install {
  return {
    script: [
      ...alone,
      ...enter,
      'alone git init --quiet --template=',
      'alone git fetch --quiet --depth=1 --no-tags "${REPOSITORY:?}" "${COMMIT:?}"',
      'alone git checkout --quiet --detach "$COMMIT"',
      installLocked,
    ],
    environment: { REPOSITORY: repository, COMMIT: commit },
    program: '"$RUNNER_TEMP/broadside/program/src/start.js"',
  };
}

/** Downloads a release, which holds all that it needs, and takes it only with the digest that is known. */
function installRelease(name: string, version: string, integrity: string): Install {
  const lock = `{"lockfileVersion":3,"packages":{"":{"dependencies":{"${name}":"%s"}},"node_modules/${name}":{"version":"%s","integrity":"%s"}}}`;
  return {
    script: [
      ...alone,
      ...enter,
      `printf '{"dependencies":{"${name}":"%s"}}' "$VERSION" > package.json`,
      `printf '${lock}' "$VERSION" "$VERSION" "$INTEGRITY" > package-lock.json`,
      installLocked,
    ],
    environment: { VERSION: version, INTEGRITY: integrity },
    program: `"$RUNNER_TEMP/broadside/program/node_modules/${name}/dist/cli.js"`,
  };
}

/** Puts the program into a folder beside the blog's checkout. */
export function installFrom(origin: Origin): Install {
  return origin.kind === 'commit'
    ? installCommit(origin.repository, origin.commit)
    : installRelease(origin.name, origin.version, origin.integrity);
}

/** The checkout is the program. */
export function installHere(): Install {
  return { script: [...alone, installLocked], environment: {}, program: 'src/start.js' };
}
