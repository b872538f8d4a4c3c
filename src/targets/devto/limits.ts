/** The address of the platform where the config names no other. */
export const defaultUrl = 'https://dev.to';

/** What dev.to lets authors say of AI in their writing (forem/forem#23743, checked November 2026). */
export const disclosures = ['no_ai', 'some_ai', 'fully_autonomous', 'not_disclosed'] as const;

/** Characters a title may have (forem/forem app/models/article.rb, checked November 2026). */
export const titleLimit = 128;

/** Bytes a body may have in UTF-8 (forem/forem app/models/article.rb, checked November 2026). */
export const bodyLimit = 800 * 1024;

/** Tags an article may have (forem/forem app/models/concerns/taggable.rb, checked November 2026). */
export const tagCountLimit = 4;

/** Characters a tag may have (forem/forem app/models/tag.rb, checked November 2026). */
export const tagLengthLimit = 30;

/** What a tag consists of: letters and digits of any script (forem/forem app/models/tag.rb, checked November 2026). */
export const tagPattern: RegExp = /^[\p{L}\p{M}\p{Nd}]+$/u;

/**
 * What Forem turns into a space in a title: symbols that are neither ASCII, money nor emoji, and characters that
 * cannot be seen (forem/forem app/models/article.rb, checked November 2026).
 */
export const titleCharacterLost: RegExp =
  /(?!\p{ASCII}|\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200D)[\p{Sm}\p{So}\p{Cc}\p{Cf}\p{Co}]/u;

/** Bytes and lines a Mermaid diagram may have to be drawn (forem/forem#23671, checked November 2026). */
export const diagramLimit = { bytes: 20_000, lines: 500 } as const;

/**
 * The schemes of addresses that Forem's sanitizer keeps, which is Loofah's own list (flavorjones/loofah
 * lib/loofah/html5/safelist.rb, `ACCEPTABLE_PROTOCOLS`, and its CHANGELOG.md for `sms`, `fax` and `modem`, checked December
 * 2026). `magnet` and `jabber` are not on it.
 */
export const linkSchemes: ReadonlySet<string> = new Set(
  `afs aim callto data ed2k fax feed ftp gopher http https irc line mailto modem news nntp rsync rtsp sftp sms ssh
  tag tel telnet urn webcal xmpp`.split(/\s+/),
);
