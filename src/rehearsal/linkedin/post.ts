/** A link as a post shows it. */
export interface Card {
  readonly source: string;
  readonly title: string;
  readonly description: string;
  readonly thumbnail: string | null;
}

/** A post as it is kept. */
export interface HeldPost {
  readonly urn: string;
  readonly author: string;
  /** As it was sent, for telling duplicates. */
  readonly sent: string;
  /** What was kept of it. */
  readonly commentary: string;
  readonly visibility: string;
  readonly card: Card | null;
  readonly createdAt: number;
}

/** A picture that is to come, or has. */
export interface Image {
  readonly urn: string;
  readonly file: string;
  readonly owner: string;
  readonly uploaded: boolean;
}

/** What a LinkedIn holds. */
export interface State {
  nextId: number;
  posts: readonly HeldPost[];
  images: readonly Image[];
}

/** The media type of a picture's bytes, when it is one that LinkedIn takes. */
export function readImageType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  if (start.startsWith('ffd8')) return 'image/jpeg';
  if (start === '89504e47') return 'image/png';
  return start === '47494638' ? 'image/gif' : undefined;
}
