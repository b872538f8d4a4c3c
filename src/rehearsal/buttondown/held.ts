/** An email as it is kept. Instants are ISO 8601 in UTC. */
export interface HeldEmail {
  readonly id: string;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly subject: string;
  readonly body: string;
  readonly slug: string;
  readonly canonicalUrl: string;
  readonly description: string;
  readonly image: string;
  readonly status: string;
  readonly publishDate: string | null;
  readonly archivalMode: string;
}

/** When an action of an automation is done: at once, or so long after its trigger. */
interface HeldTiming {
  readonly time: 'immediate' | 'delay';
  readonly delay: { readonly value: string; readonly unit: string } | null;
}

/** What an automation does, as it is kept. */
export interface HeldAction {
  readonly type: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly timing: HeldTiming | null;
}

/** An automation as it is kept. */
export interface HeldAutomation {
  readonly id: string;
  readonly createdAt: string;
  readonly name: string;
  readonly status: 'active' | 'inactive';
  readonly trigger: string;
  readonly actions: readonly HeldAction[];
}

/** What a Buttondown holds. */
export interface State {
  nextId: number;
  emails: readonly HeldEmail[];
  automations: readonly HeldAutomation[];
}

const noFilter = { filters: [], groups: [], predicate: 'and' };

/** An id in the form of its kind, such as `em_…`. */
export function formatId(prefix: string, number: number): string {
  return `${prefix}_${String(number).padStart(26, '0')}`;
}

/** An email's status by now: one that was scheduled goes out by itself. `at`: milliseconds since 1970. */
export function statusAt({ status, publishDate }: HeldEmail, at: number): string {
  return status === 'scheduled' && Date.parse(publishDate ?? '') <= at ? 'sent' : status;
}

/** The path of an email's page in the archive. */
export function locateEmail({ slug }: Pick<HeldEmail, 'slug'>): string {
  return `/rehearsal/archive/${encodeURIComponent(slug)}/`;
}

/** An email as the API answers with it. */
export function showEmail(email: HeldEmail, url: string, at: number): Record<string, unknown> {
  return {
    id: email.id,
    creation_date: email.createdAt,
    absolute_url: url + locateEmail(email),
    analytics: null,
    callouts: [],
    attachments: [],
    body: email.body,
    canonical_url: email.canonicalUrl,
    commenting_mode: 'enabled',
    description: email.description,
    archival_mode: email.archivalMode,
    email_type: 'public',
    featured: false,
    filters: noFilter,
    image: email.image,
    metadata: {},
    modification_date: email.changedAt,
    publish_date: email.publishDate,
    related_email_ids: [],
    secondary_id: null,
    should_trigger_pay_per_email_billing: false,
    slug: email.slug,
    source: 'api',
    status: statusAt(email, at),
    subject: email.subject,
    suppression_reason: null,
    template: null,
  };
}

/** An automation as the API answers with it. */
export function showAutomation(automation: HeldAutomation): Record<string, unknown> {
  return {
    id: automation.id,
    creation_date: automation.createdAt,
    name: automation.name,
    status: automation.status,
    trigger: automation.trigger,
    actions: automation.actions,
    filters: noFilter,
    metadata: {},
    should_evaluate_filter_after_delay: false,
  };
}
