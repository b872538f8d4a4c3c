/** A request as a stand-in reads it. */
export interface StandInRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** By lower-case name, secrets included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** Milliseconds by the stand-in's clock. */
  readonly at: number;
}

/** What a stand-in answers. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What a stand-in will do with a request: say no, take it, which changes what it holds, or show a page of what it holds. */
export type Judgement =
  | { readonly refuse: Reply }
  | { readonly take: () => Reply }
  | { readonly show: () => Reply | Promise<Reply> };
