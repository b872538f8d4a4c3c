/** The address of the platform where the config names no other. */
export const defaultUrl = 'https://api.linkedin.com';

/**
 * Titles of a link card: the Posts API names no limit; publishers keep to 400 characters, and some 70 are shown.
 * Checked November 2026.
 */
export const cardTitleLimit = 400;

/**
 * Descriptions of a link card: the Posts API names no limit; publishers keep to 4,000 characters, and some 100 are
 * shown. Checked November 2026.
 */
export const cardDescriptionLimit = 4000;

/**
 * Alternative text of a picture, in characters. Source:
 * learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api, checked November 2026.
 */
export const alternativeTextLimit = 4086;

/**
 * Endings of picture files that LinkedIn does not take: its pictures are JPG, PNG and GIF. Source:
 * learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/images-api, checked November 2026.
 */
export const refusedPictures: readonly string[] = ['webp', 'svg', 'avif'];

/** Days before its end from which a token should be renewed. */
export const tokenWarningDays = 14;

/**
 * Requests a member's token may make a day, counted from midnight UTC ("Share on LinkedIn" on Microsoft Learn, checked
 * November 2026), and how many one post takes: who posts, the cover's address, the cover, the post.
 */
export const dailyLimit = { requests: 150, perWrite: 4 };
