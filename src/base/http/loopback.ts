/** Whether a URL's host name is this machine's own loopback address. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * Whether a request was sent to a server on this machine by a name that only this machine has, as its Host header says. A page of
 * another site can reach it too, through a name of its own that leads here.
 */
export function isOwnHost(host: string | undefined, port: number | undefined): boolean {
  const names = ['localhost', '127.0.0.1', '[::1]'];
  const own =
    port === 80 ? [...names, ...names.map((name) => `${name}:80`)] : names.map((name) => `${name}:${port}`);
  return own.includes(host?.toLowerCase() ?? '');
}
