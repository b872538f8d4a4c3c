import { z } from 'zod';

/*
 * What requests may say (Buttondown’s OpenAPI document of August 2026, checked November 2026). A field it does not name is refused.
 */

const emailStatuses = [
  'draft',
  'managed_by_rss',
  'about_to_send',
  'scheduled',
  'in_flight',
  'paused',
  'deleted',
  'errored',
  'sent',
  'imported',
  'throttled',
  'resending',
  'transactional',
  'suppressed',
] as const;

const archivalModes = [
  'archive_only',
  'disabled',
  'enabled',
  'enabled_for_paid_subscribers',
  'enabled_for_subscribers',
] as const;

const emailTypes = ['public', 'private', 'premium', 'free', 'churned', 'archival'] as const;
const commentingModes = ['disabled', 'enabled', 'enabled_for_paid_subscribers'] as const;
const templates = ['classic', 'custom', 'modern', 'plaintext', 'naked'] as const;

const slug = z
  .string()
  .max(100)
  .regex(/^[a-zA-Z0-9_-]+$/);
const subject = z.string().max(2000);
const canonicalUrl = z.string().max(2000);
const secondaryId = z.int().min(1).max(1_000_000_000);
const instant = z.iso.datetime({ offset: true });
const anything = z.record(z.string(), z.unknown());

/** A new email. Without a status it is sent at once. */
export const emailShape = z.strictObject({
  subject,
  body: z.string().default(''),
  status: z.enum(emailStatuses).default('about_to_send'),
  slug: slug.nullish(),
  description: z.string().default(''),
  canonical_url: canonicalUrl.default(''),
  image: z.string().default(''),
  publish_date: instant.nullish(),
  archival_mode: z.enum(archivalModes).default('enabled'),
  email_type: z.enum(emailTypes).optional(),
  metadata: anything.default({}),
  attachments: z.array(z.string()).optional(),
  secondary_id: secondaryId.nullish(),
  filters: anything.optional(),
  template: z.enum(templates).nullish(),
  commenting_mode: z.enum(commentingModes).optional(),
  related_email_ids: z.array(z.string()).optional(),
  featured: z.boolean().optional(),
  should_trigger_pay_per_email_billing: z.boolean().optional(),
});

/** What changes of an email; what is null or missing stays. */
export const emailChangeShape = z.strictObject({
  subject: subject.nullish(),
  body: z.string().nullish(),
  status: z.enum(emailStatuses).nullish(),
  slug: slug.nullish(),
  description: z.string().nullish(),
  canonical_url: canonicalUrl.nullish(),
  image: z.string().optional(),
  publish_date: z.union([instant, z.literal('none')]).nullish(),
  archival_mode: z.enum(archivalModes).nullish(),
  email_type: z.enum(emailTypes).nullish(),
  suppression_reason: z.string().nullish(),
  metadata: anything.nullish(),
  attachments: z.array(z.string()).nullish(),
  secondary_id: secondaryId.nullish(),
  filters: anything.nullish(),
  template: z.enum([...templates, 'none']).nullish(),
  commenting_mode: z.enum(commentingModes).nullish(),
  related_email_ids: z.array(z.string()).nullish(),
  featured: z.boolean().nullish(),
  should_trigger_pay_per_email_billing: z.boolean().nullish(),
});

const timing = z.strictObject({
  time: z.enum(['immediate', 'delay']),
  delay: z
    .strictObject({
      value: z.string().min(1).max(16),
      unit: z.enum(['minutes', 'hours', 'days', 'weeks']),
      time_of_day: z.enum(['morning', 'evening', '']).nullish(),
    })
    .nullish(),
});

const action = z.strictObject({
  type: z.string(),
  metadata: anything.default({}),
  timing: timing.nullish(),
});

const name = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\x00-\x1f\x7f-\x9f]*[^\W_][^\x00-\x1f\x7f-\x9f]*$/);

/** A new automation. */
export const automationShape = z.strictObject({
  name,
  trigger: z.string(),
  actions: z.array(action).max(25),
  filters: anything.nullish(),
  metadata: anything.optional(),
  should_evaluate_filter_after_delay: z.boolean().optional(),
});

/** What changes of an automation; what is null or missing stays. */
export const automationChangeShape = z.strictObject({
  name: name.nullish(),
  status: z.enum(['active', 'inactive']).nullish(),
  trigger: z.string().nullish(),
  timing: timing.nullish(),
  actions: z.array(action).max(25).nullish(),
  filters: anything.nullish(),
  metadata: anything.nullish(),
  should_evaluate_filter_after_delay: z.boolean().nullish(),
});

export type GivenAction = z.output<typeof action>;
