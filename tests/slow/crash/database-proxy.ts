import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** What becomes of a statement: it is lost with its connection, or done while the answer is; the process is then killed, or lives on. */
export type StatementFault = 'kill-before' | 'kill-after' | 'cut-before' | 'cut-after';

/** Stands between the program and PostgreSQL, and counts the statements. */
export interface DatabaseProxy {
  readonly port: number;
  /** The first words of each statement. */
  readonly statements: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ProxyOptions {
  readonly to: number;
  /** The statement that something becomes of, counted from 1. */
  readonly at?: number;
  readonly does?: StatementFault;
  readonly kill?: () => void;
}

/** Starts a proxy on loopback, in front of a server that is not spoken to over TLS. */
export async function startProxy({ to, at, does, kill }: ProxyOptions): Promise<DatabaseProxy> {
  const statements: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1');
    let isLost = false;
    const cut = (): void => {
      isLost = true;
      if (does?.startsWith('kill') === true) kill?.();
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.end());
    upstream.on('close', () => client.end());
    let isAwaited = false;
    const readNext = readMessages((statement) => {
      statements.push(statement);
      if (statements.length !== at) return 'forward';
      if (does === 'kill-before' || does === 'cut-before') return 'lose';
      isAwaited = true;
      return 'forward';
    });
    client.on('data', (bytes: Buffer) => {
      if (isLost) return;
      if (readNext(bytes) === 'lose') cut();
      else upstream.write(bytes);
    });
    upstream.on('data', (bytes: Buffer) => {
      // An answer ends by saying that the server is ready again; until then, the statement may not be done.
      if (isAwaited) {
        if (bytes.at(-6) === 0x5a && bytes.at(-2) === 5) cut();
      } else if (!isLost) client.write(bytes);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    statements,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Reads what a client says, message by message: a letter, the length in four bytes, and the rest; the first has no letter. */
function readMessages(onStatement: (text: string) => 'forward' | 'lose') {
  let held = Buffer.alloc(0);
  let hasBegun = false;
  let parsed = '';
  return (bytes: Buffer): 'forward' | 'lose' => {
    held = Buffer.concat([held, bytes]);
    for (;;) {
      const start = hasBegun ? 1 : 0;
      if (held.length < start + 4) return 'forward';
      const end = start + held.readUInt32BE(start);
      if (held.length < end) return 'forward';
      const letter = hasBegun ? String.fromCharCode(held[0] ?? 0) : '';
      const text = held.toString('latin1', start + 4, end);
      held = held.subarray(end);
      hasBegun = true;
      if (letter === 'P') parsed = text;
      const statement = letter === 'Q' ? text : letter === 'S' ? parsed : undefined;
      if (statement !== undefined && onStatement(nameStatement(statement)) === 'lose') return 'lose';
    }
  };
}

function nameStatement(text: string): string {
  return /[a-z]+(?: (?:into|on|table|schema|transaction|isolation|pg_\w+))?/.exec(text)?.[0] ?? '';
}
