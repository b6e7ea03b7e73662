/** What a search policy may say: its schema. What it means is in match/ and docs/matching.md. */
import { z } from 'zod';
import {
  FIELD_FORMS,
  GIVEN_NAME_LIKENESSES,
  SEARCH_STATES,
  type SearchPolicy,
  type SearchStep,
} from '../domain/search-policy.ts';
import { OPERATIONS } from '../domain/trace.ts';

const namesakes = z.number().positive().max(1);

const send = z.strictObject({
  nhs_number: z.enum(FIELD_FORMS.nhs_number).optional(),
  family_name: z.enum(FIELD_FORMS.family_name).optional(),
  given_name: z.enum(FIELD_FORMS.given_name).optional(),
  birth_date: z.enum(FIELD_FORMS.birth_date).optional(),
  gender: z.enum(FIELD_FORMS.gender).optional(),
  postcode: z.enum(FIELD_FORMS.postcode).optional(),
});

const step = z
  .strictObject({
    step: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens')
      .refine((name) => name !== 'details', 'this name is taken by the program itself'),
    ask: z.enum(OPERATIONS),
    after: z.array(z.enum(SEARCH_STATES)).min(1).max(SEARCH_STATES.length),
    send,
    max_namesakes: namesakes.optional(),
  })
  .superRefine((value, context) => {
    const message = faultOf(value);
    if (message !== undefined) context.addIssue({ code: 'custom', message, path: ['send'] });
  });

/** A policy in full. */
export const policySchema = z
  .strictObject({
    max_requests: z.int().min(1).max(50),
    max_namesakes: namesakes,
    given_name: z.array(z.enum(GIVEN_NAME_LIKENESSES)).min(1).max(GIVEN_NAME_LIKENESSES.length),
    steps: z.array(step).min(1).max(100),
  })
  .refine(({ steps }) => new Set(steps.map(({ step: name }) => name)).size === steps.length, {
    message: 'two steps have the same name',
    path: ['steps'],
  }) satisfies z.ZodType<SearchPolicy>;

/** Each operation must be sent what it cannot do without (PDS SMSP, section 4.2). */
function faultOf({ ask, send: fields, after }: SearchStep): string | undefined {
  const isAboutNumber = fields.nhs_number !== undefined;
  if (ask === 'verifyNHSNumber' || ask === 'getPatientDetailsByNHSNumber') {
    if (!isAboutNumber) return `${ask} needs nhs_number`;
  } else if (isAboutNumber && ask !== 'getPatientDetails') return `${ask} takes no nhs_number`;
  if (fields.birth_date === undefined) return 'birth_date is needed by every operation';
  if (isAboutNumber) return faultOfNumberStep(fields, after);
  return fields.family_name === undefined || fields.gender === undefined
    ? 'a search needs family_name and gender'
    : undefined;
}

/** The provider's own cross-check takes the row as it stands, and once. */
function faultOfNumberStep(
  fields: SearchStep['send'],
  after: SearchStep['after'],
): string | undefined {
  const { gender, postcode, ...names } = fields;
  if (gender !== undefined || postcode !== undefined)
    return 'a check of a number takes no gender and no postcode';
  if (Object.values(names).some((form) => form !== 'as-given'))
    return 'a check of a number takes its fields as-given';
  return after.length === 1 && after[0] === 'begin'
    ? undefined
    : 'a number is checked at the beginning';
}
