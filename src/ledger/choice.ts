/** What a ledger can be kept in. */
export type LedgerKind = 'file' | 'git' | 'postgres';

/** What the config says about the ledger. */
export interface LedgerChoice {
  /** By default `git` in a work tree whose repository has the remote, `file` elsewhere. */
  readonly kind?: LedgerKind | undefined;
  /** For `file`: the folder, relative to the blog's root. */
  readonly path: string;
  /** For `git`: the branch, and the remote it is kept on (`origin` by default). */
  readonly branch: string;
  readonly remote?: string | undefined;
  /** For `postgres`: the schema of this blog alone, and the environment variable that holds the database's address. */
  readonly schema?: string | undefined;
  readonly secret?: string | undefined;
  /** For `postgres`: the file of the certificate that vouches for the server, relative to the blog's root. */
  readonly ca?: string | undefined;
}
