/** Where workflows get the program from: words after which nothing else can be put in its place. */
export type Origin =
  | {
      readonly kind: 'commit';
      /** `https://HOST/OWNER/REPO`. */
      readonly repository: string;
      /** The whole id. */
      readonly commit: string;
    }
  | {
      readonly kind: 'release';
      /** The package's name, as npm knows it. */
      readonly name: string;
      readonly version: string;
      /** The digest of what is downloaded, as npm writes it. */
      readonly integrity: string;
    };

const webAddress = /^https?:\/\/(?:[^/\s]*@)?([^/:@\s]+)\/(.+)$/i;
const sshAddress = /^(?:git|ssh|git\+ssh):\/\/(?:[^/\s]*@)?([^/:@\s]+)(?::\d+)?\/(.+)$/i;
/** As git and scp write it: `git@HOST:OWNER/REPO.git`. */
const shortAddress = /^(?:[^/:@\s]+@)?([^/:@\s]+):(?!\/)(.+)$/;

const host = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/;
const ownerAndName = /^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/;

/** Any address of a repository as `https://HOST/OWNER/REPO`, without who signs in; undefined where a workflow could not fetch it. */
export function readRepository(address: string): string | undefined {
  const [, where = '', path = ''] =
    webAddress.exec(address) ?? sshAddress.exec(address) ?? shortAddress.exec(address) ?? [];
  const name = path.replace(/\/$/, '').replace(/\.git$/, '');
  const server = where.toLowerCase();
  return host.test(server) && ownerAndName.test(name) ? `https://${server}/${name}` : undefined;
}

/** What `--repository` says: `OWNER/REPO` on GitHub or an address, and the commit after an `@`; undefined where it is neither. */
export function readRepositoryWord(
  word: string,
): { readonly repository: string; readonly commit?: string } | undefined {
  const [, address = word, commit] = /^(.+)@([\da-f]{40}|[\da-f]{64})$/i.exec(word) ?? [];
  const repository = readRepository(ownerAndName.test(address) ? `https://github.com/${address}` : address);
  if (repository === undefined) return undefined;
  return commit === undefined ? { repository } : { repository, commit: commit.toLowerCase() };
}

const packageName = /^(?:@[a-z\d][\w.-]*\/)?[a-z\d][\w.-]*$/;

/** Whether a text is the name of a package, such as `broadside` or `@example/broadside`. */
export function isPackageName(text: string): boolean {
  return packageName.test(text) && text.length <= 214;
}

/** A release as workflows pin it; undefined where the digest is none. */
export function nameRelease(name: string, version: string, integrity: string): Origin | undefined {
  const isWhole = isPackageName(name) && /^sha512-[A-Za-z\d+/]{86}==$/.test(integrity);
  return isWhole ? { kind: 'release', name, version, integrity } : undefined;
}

/** What npm noted of a package when it was installed, out of `node_modules/.package-lock.json`; undefined where it noted no digest. */
export function readRelease(notes: string, installed: string, version: string): Origin | undefined {
  const { packages }: { readonly packages?: Readonly<Record<string, Locked>> } = JSON.parse(notes);
  const noted = packages?.[`node_modules/${installed}`] ?? {};
  const { name = installed, resolved, integrity = '' } = noted;
  const isReleased = resolved === undefined || /^https?:/.test(resolved);
  return noted.version === version && isReleased ? nameRelease(name, version, integrity) : undefined;
}

interface Locked {
  /** Where the package is installed under another name. */
  readonly name?: string;
  readonly version?: string;
  /** Where it came from; a folder or a repository is no registry. */
  readonly resolved?: string;
  readonly integrity?: string;
}
