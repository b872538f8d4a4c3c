const kinds = new Map(['share', 'ugcPost', 'activity'].map((kind) => [kind.toLowerCase(), kind]));

/**
 * The URN of a post in its address: in full, such as `/feed/update/urn:li:share:7000000000000000000/`, or its kind and
 * number at the end of a name, such as `/posts/author_title-activity-7000000000000000000-AbCd`.
 */
export function identifyPost(url: string, apiUrl: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, hostname, origin } = new URL(url);
  const own = protocol === 'https:' && /(^|\.)linkedin\.com$/.test(hostname);
  if (!own && origin !== new URL(apiUrl).origin) return undefined;
  const plain = url.replaceAll(/%3a/gi, ':');
  const [, kind = '', number] =
    /urn:li:(share|ugcPost|activity):(\d+)/i.exec(plain) ??
    /-(share|ugcPost|activity)-(\d{15,})/i.exec(plain) ??
    [];
  return number === undefined ? undefined : `urn:li:${kinds.get(kind.toLowerCase()) ?? kind}:${number}`;
}
