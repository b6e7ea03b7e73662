/** What a job file may say: its schema, its defaults, its units. */
import { z } from 'zod';
import { DETAILS, EXTRA_OUTPUTS } from '../domain/extra-output.ts';
import { FIELDS } from '../domain/field.ts';
import { DELIMITERS, ENCODINGS } from '../domain/file-form.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { parseSendingHours, type SendingRules } from '../domain/sending-hours.ts';
import { loadPolicy, SHIPPED_POLICIES } from './load-policy.ts';
import { policySchema } from './policy.ts';
import { shownText } from './shown-text.ts';

const urn = z.string().min(1).max(255);

const UNKNOWN_POLICY = `there is no policy of this name; use ${SHIPPED_POLICIES.join(', ')}, or write one out (jobs/README.md)`;

/** MSCA-IG-03. */
const NOTICE = 'Computer Misuse Act 1990 – Unauthorised access to this system is an offence';

const DAYS = /^[1-9]\d{0,4}d$/;

/**
 * A job: data, no logic. Every key but `name` has a default, and every text a longest length: the whole of it stands in
 * one entry of the audit trail.
 */
export const jobSchema = z
  .strictObject({
    /** Letters, digits and hyphens; runs are named after it. */
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens'),
    /** What the data is used for, as agreed with the provider (MSCA-ORG-01). Stands in the report. */
    purpose: z.union([z.literal(''), shownText(1000)]).default(''),
    /** For whom and as what people run this job: stands in the audit trail with their names (MSCA-AUD-03). */
    operator: z
      .strictObject({
        organisation: shownText(200).default('not stated'),
        role: shownText(200).default('not stated'),
        /** What whoever begins to work is told first (MSCA-IG-03). */
        notice: shownText(500).default(NOTICE),
      })
      .prefault({}),
    /** Field to header, for what the synonyms do not find: `family_name: "Nachname"`. */
    columns: z.partialRecord(z.enum(FIELDS), z.string().min(1).max(500)).default({}),
    /** The character between cells; `auto` looks at the first rows. */
    delimiter: z.enum(['auto', ...DELIMITERS]).default('auto'),
    /** The encoding of a text file; `auto` looks at all of it. */
    encoding: z.enum(['auto', ...ENCODINGS]).default('auto'),
    /** The line of the file, or row of the sheet, that is the header; otherwise it is looked for. */
    header_row: z.int().min(1).max(50).optional(),
    /** The sheet of a workbook, by name; the first visible one when it is left out. */
    sheet: z.string().min(1).max(100).optional(),
    /** How 03/04/1980 is to be read: day first (the default), or month first. */
    date_order: z.enum(['dmy', 'mdy']).default('dmy'),
    /** Whether a bare number such as 29221 in a date column is a spreadsheet's day number. */
    excel_serial_dates: z.boolean().default(false),
    /** Whether numbers beginning 999, which are for tests, may be sent. Default: only to this machine. */
    test_numbers: z.boolean().optional(),
    /** How people are searched for: one that comes with the program, by name, or one of the job's own. */
    policy: z
      .preprocess((value, context) => {
        const policy = loadPolicy(value);
        if (policy !== undefined) return policy;
        context.addIssue({ code: 'custom', message: UNKNOWN_POLICY });
        return z.NEVER;
      }, policySchema)
      .prefault('verify'),
    /** Whether a number found for a row replaces the supplied one that is not this person's. */
    accept_corrections: z.boolean().default(false),
    /** Who approved searching with wildcards, and on what assessment (MSCA-PDS-07, DSCN 18/2009). */
    wildcards_approved_by: shownText(500).optional(),
    /** A match rate so much lower than the job ever has stops the run at its beginning; 0 to 1. */
    stop_below_match_rate: z.number().min(0).max(1).default(0),
    /** Requests a second, all workers together. */
    rate: z.number().positive().max(100_000).default(5),
    /** When requests may be sent: `19:00-07:00 Europe/London`. Always, when it is left out. */
    window: z.string().max(100).superRefine(checkWindow).optional(),
    /** Whose requests go first where several runs ask one provider through one Redis. */
    priority: z.enum(PRIORITIES).default('normal'),
    /** Requests from one midnight in London to the next, all workers and runs together. */
    daily_limit: z.int().min(1).optional(),
    /** How long an earlier run's answer about the same details stays good: `30d`, `12h`. Never, when it is left out. */
    reuse_answers_for: z
      .string()
      .regex(/^[1-9]\d{0,3}[dh]$/, 'give days or hours, such as 30d or 12h')
      .optional(),
    /** Where earlier answers are kept, sealed; default: answer-store.sqlite beside the run directory. */
    answer_store: z.string().min(1).max(1000).optional(),
    /** How long a run is kept after it ended, before `purge` deletes it: `90d`. */
    retention: z.string().regex(DAYS, 'give days, such as 90d').default('90d'),
    /** Requests in flight, for each worker. */
    concurrency: z.int().min(1).max(1000).default(10),
    /** How often one request is sent when no answer comes; being told to wait does not count. */
    attempts: z.int().min(1).max(20).default(5),
    /** How long one answer may take, in seconds. */
    timeout_seconds: z.number().positive().max(600).default(30),
    /** So many rows in a row without an answer stop the run (exit code 5). */
    stop_after_unanswered: z.int().min(1).default(20),
    /** Files beside those that every run leaves: the layouts of national batch services. */
    outputs: z.array(z.enum(EXTRA_OUTPUTS)).max(EXTRA_OUTPUTS.length).default([]),
    /** What PDS holds of each matched person, put beside what the file holds, in details.csv. */
    bring_back: z.array(z.enum(DETAILS)).max(DETAILS.length).default([]),
    provider: z
      .strictObject({
        /** `wsse:Username`: what the provider calls this client system. */
        username: urn.default('nhs-number-tracing'),
        /** `wsa:From`. */
        from_address: urn.optional(),
        /** ITK `auditIdentity` (MSCA-AUD-04): who asks, unique and traceable in our own records. */
        audit_identity: z
          .strictObject({ uri: urn, type: urn.optional() })
          .default({ uri: 'urn:nhs-uk:identity:ods:ZZ9:nhs-number-tracing' }),
        /** ITK `senderAddress`. */
        sender_address: urn.optional(),
        /** OID under which the run's own key for a person is sent and may come back. */
        local_identifier_root: urn
          .regex(
            /^[0-2](\.(0|[1-9]\d*))+$/,
            'give an OID such as 2.16.840.1.113883.2.1.3.2.4.18.24',
          )
          .default('2.16.840.1.113883.2.1.3.2.4.18.24'),
        /** How long a message stays valid, in seconds. */
        message_lifetime_seconds: z.int().min(30).max(86_400).default(600),
      })
      .prefault({}),
  })
  .superRefine(({ policy, wildcards_approved_by }, context) => {
    const step = policy.steps.findIndex(({ send }) => Object.values(send).includes('start'));
    if (step === -1 || wildcards_approved_by !== undefined) return;
    context.addIssue({
      code: 'custom',
      path: ['policy', 'steps', step],
      message:
        'it searches with a wildcard, so wildcards_approved_by must name who approved that, and on what clinical safety assessment (MSCA-PDS-07)',
    });
  });

export type Job = z.infer<typeof jobSchema>;

/** When this job may send requests, and how many on one day. */
export function sendingRules({ window, daily_limit }: Job): SendingRules {
  const hours = window === undefined ? undefined : parseSendingHours(window);
  return {
    ...(hours === undefined || 'fault' in hours ? {} : { hours }),
    ...(daily_limit === undefined ? {} : { dailyLimit: daily_limit }),
  };
}

/** How long an earlier answer stays good, in milliseconds; undefined when every person is asked about. */
export function reuseMs({ reuse_answers_for }: Job): number | undefined {
  if (reuse_answers_for === undefined) return undefined;
  const hours = Number(reuse_answers_for.slice(0, -1)) * (reuse_answers_for.endsWith('d') ? 24 : 1);
  return hours * 3_600_000;
}

/** `90d` in milliseconds; undefined when the text says no number of days. */
export function daysMs(text: string): number | undefined {
  return DAYS.test(text) ? Number(text.slice(0, -1)) * 86_400_000 : undefined;
}

function checkWindow(text: string, context: z.RefinementCtx): void {
  const read = parseSendingHours(text);
  if ('fault' in read) context.addIssue({ code: 'custom', message: read.fault });
}
