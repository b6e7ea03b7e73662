/**
 * Misbehaviour on purpose, scripted in a YAML or JSON file:
 *
 *     seed: 7                     # for `share`; 1 when not given
 *     rules:
 *       - when: { requests: 10-20 }                       # or 15, or { every: 50 }: each 50th
 *         do: { busy: { retry_after: 2 } }                # HTTP 503
 *       - when: { from_second: 30, to_second: 45 }        # since the start; 45 itself is not meant
 *         do: outage                                      # every connection is destroyed
 *       - when: { share: 0.02, operation: getNHSNumber }  # two in a hundred
 *         do: { slow: { ms: 4000 } }
 *       - when: { nhs_number: "9990000018", times: 2 }    # the first two such requests
 *         do: { itk_fault: { code: 2100, at_status: 500 } }
 *
 * Requests count from 1, in the order of their arrival. All conditions of a `when` must hold;
 * without `when` a rule always holds. Every `slow` that holds adds its wait; of the other rules the
 * first that holds is played. Also there: the condition family_name, and the deeds
 *
 *     reset, hang, garbage, { status: { code: 403 } }
 *     truncate                                    a reply cut half-way that looks whole to HTTP
 *     { truncate: { dropped: true } }             the connection ends in the middle of the reply
 *     { response_code: SMSP-0004 }                a code and nothing else (SMSP-0003: with the data)
 *     { response_code: { code: SMSP-0000, valid: "" } }   what verifyNHSNumber says of validity
 *     wrong_person                                success, for somebody else
 *     { wrong_person: local_identifier }          the right person, somebody else's local identifier
 *     wrong_relates_to                            a reply that says it answers another message
 */
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { deed } from './deeds.ts';
import { SimulatorFileError } from './simulator-error.ts';
import { OPERATIONS } from './wire-names.ts';

const count = z.int().min(1);
const seconds = z.number().min(0);

const requests = z.preprocess(
  (written) => {
    if (typeof written === 'number') return { from: written, to: written };
    const range = /^(\d+)\s*-\s*(\d+)$/.exec(String(written));
    return range ? { from: Number(range[1]), to: Number(range[2]) } : written;
  },
  z.union(
    [
      z
        .strictObject({ from: count, to: count })
        .refine(({ from, to }) => from <= to, 'ends before it begins'),
      z.strictObject({ every: count }),
    ],
    'must be a number, a range such as 10-20, or { every: 50 }',
  ),
);

const condition = z.strictObject({
  requests: requests.optional(),
  every: count.optional(),
  from_second: seconds.optional(),
  to_second: seconds.optional(),
  operation: z.enum(OPERATIONS).optional(),
  share: z.number().min(0).max(1).optional(),
  nhs_number: z.union([z.string(), z.number()]).transform(String).optional(),
  family_name: z.string().optional(),
  times: count.optional(),
});

const script = z.strictObject({
  seed: z.int().default(1),
  rules: z.array(z.strictObject({ when: condition.default({}), do: deed })),
});

export type ScriptedFaults = z.infer<typeof script>;
export type FaultRule = ScriptedFaults['rules'][number];
export type FaultCondition = FaultRule['when'];

/** Reads a file of scripted faults. Rejects with SimulatorFileError, all faults of the file at once. */
export async function readFaults(path: string): Promise<ScriptedFaults> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SimulatorFileError(path, [`the file cannot be read (${code})`], { cause });
  }
  return parseFaults(text, path);
}

/** As readFaults, from a text; `name` stands for the file in messages. */
export function parseFaults(text: string, name = 'faults'): ScriptedFaults {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    const faults = document.errors.map(
      ({ pos, code }) => `line ${lines.linePos(pos[0]).line}: not YAML (${code})`,
    );
    throw new SimulatorFileError(name, faults);
  }
  const read = script.safeParse(document.toJS() ?? {});
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => {
    const offset = offsetOf(document, path);
    const place = offset === undefined ? '' : `line ${lines.linePos(offset).line}, `;
    return `${place}${path.join('.') || 'the file'}: ${message}`;
  });
  throw new SimulatorFileError(name, faults);
}

/** Where the value at the path starts; of a missing one, the nearest value around it. */
function offsetOf(
  document: ReturnType<typeof parseDocument>,
  path: readonly PropertyKey[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (hasRange(node)) return node.range[0];
  }
  return undefined;
}

function hasRange(node: unknown): node is { readonly range: readonly [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}
