import { parentPort } from 'node:worker_threads';
import { BroadsideError } from '../../base/errors.ts';
import type { Parsed, Parsing } from './parse-apart.ts';
import { isMdx, openDialect, parseBody } from './parse-body.ts';

async function parse({ text, file, dialect }: Parsing): Promise<Parsed> {
  try {
    return { tree: parseBody(text, file, await openDialect(dialect, isMdx(file, dialect), text)) };
  } catch (error) {
    if (!(error instanceof BroadsideError)) return { error };
    const { code, message, remedy, line = 1, column = 1 } = error;
    return { fault: { code, message, details: { remedy, file, line, column } } };
  }
}

parentPort?.on('message', (parsing: Parsing) => {
  void parse(parsing).then((parsed) => parentPort?.postMessage(parsed));
});
