/** What a scripted fault can do, each with the settings it takes in the file. */
import { z } from 'zod';

const shorthand = (key: string) => (value: unknown) =>
  typeof value === 'string' ? { [key]: value } : value;

const httpStatus = z.int().min(200).max(599);

/** The settings by the name used in the file. A deed without settings is written as its name. */
const SETTINGS = {
  slow: z.strictObject({ ms: z.number().min(0).max(3_600_000) }),
  busy: z.strictObject({ retry_after: z.int().min(0).optional() }),
  status: z.strictObject({ code: httpStatus }),
  reset: z.strictObject({}),
  hang: z.strictObject({}),
  outage: z.strictObject({}),
  garbage: z.strictObject({}),
  truncate: z.strictObject({ dropped: z.boolean().default(false) }),
  itk_fault: z.strictObject({
    code: z.union([z.int(), z.string()], 'must be a code such as 2100').transform(String),
    at_status: z.literal([200, 500, 503]).default(500),
  }),
  response_code: z.preprocess(
    shorthand('code'),
    z.strictObject({ code: z.string().min(1), valid: z.string().optional() }),
  ),
  wrong_person: z.preprocess(
    shorthand('wrong'),
    z.strictObject({ wrong: z.enum(['nhs_number', 'local_identifier']).default('nhs_number') }),
  ),
  wrong_relates_to: z.strictObject({}),
} as const;

type DeedName = keyof typeof SETTINGS;

/** One deed with its settings: `{ kind: 'slow', ms: 500 }`. */
export type Deed = {
  [Name in DeedName]: { readonly kind: Name } & Readonly<z.infer<(typeof SETTINGS)[Name]>>;
}[DeedName];

/** `reset`, or `{ slow: { ms: 500 } }`: a name, or a mapping with that one key. */
export const deed = z.unknown().transform((written, context): Deed => {
  const [name, settings] = nameOf(written);
  if (!isDeedName(name)) {
    const known = Object.keys(SETTINGS).join(', ');
    context.addIssue({ code: 'custom', message: `must be one of ${known}` });
    return z.NEVER;
  }
  const read = SETTINGS[name].safeParse(settings ?? {});
  if (read.success) return { kind: name, ...read.data } as Deed;
  for (const { path, message } of read.error.issues) {
    context.addIssue({ code: 'custom', message, path: [name, ...path] });
  }
  return z.NEVER;
});

function nameOf(written: unknown): readonly [string, unknown] {
  if (typeof written === 'string') return [written, undefined];
  const entries = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  return entries.length === 1 && entries[0] !== undefined ? entries[0] : ['', undefined];
}

function isDeedName(name: string): name is DeedName {
  return Object.hasOwn(SETTINGS, name);
}
