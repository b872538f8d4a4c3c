/** An instant or a day as ISO 8601 in UTC; undefined for what is none. A day begins at midnight UTC. */
export function readInstant(value: string): string | undefined {
  const milliseconds = Date.parse(value);
  const isInstant = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.test(value);
  const day = Date.parse(value.slice(0, 10));
  const isDay = !Number.isNaN(day) && new Date(day).toISOString().startsWith(value.slice(0, 10));
  return isInstant && isDay && !Number.isNaN(milliseconds) ? new Date(milliseconds).toISOString() : undefined;
}
