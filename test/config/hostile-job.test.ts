/** A job file made to do harm is refused, or says no more than it may. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadJob, parseJob, parseJobValue } from '../../src/config/load-job.ts';
import { FIELDS } from '../../src/domain/field.ts';
import { ConfigError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'hostile-job-'));
afterAll(() => rmSync(folder, { recursive: true }));

function faultOf(text: string): string {
  try {
    parseJob(text, 'my.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof ConfigError ? error.message : '';
  }
  return 'none';
}

const BOMB = Array.from(
  { length: 12 },
  (_, at) => `a${at}: &a${at} [${Array(9).fill(at === 0 ? 'x' : `*a${at - 1}`)}]`,
).join('\n');

describe('what is refused', () => {
  it.each([
    ['aliases that multiply', `name: x\n${BOMB}`, 'far too much'],
    ['a list within itself', 'name: x\npurpose: &a [*a]', 'line 2: purpose'],
    ['lists far too deep', `name: x\npurpose: ${'['.repeat(30_000)}`, 'line 2'],
    ['the prototype', 'name: x\n__proto__: { rate: 9 }', 'unknown key __proto__'],
    [
      'the prototype of a part',
      '{"name":"x","operator":{"__proto__":{}}}',
      'unknown key __proto__',
    ],
    ['the constructor', 'name: x\nconstructor: { prototype: 1 }', 'unknown key constructor'],
    ['a merged map', 'name: x\nprovider: &p {}\n<<: *p', 'unknown key <<'],
    ['a function', 'name: !!js/function "function () {}"', 'line 1: name'],
    ['bytes', 'name: x\npurpose: !!binary aGVsbG8=', 'line 2: purpose'],
    ['a second job behind the first', 'name: x\n---\nname: y', 'multiple documents'],
    ['a name that is a path', 'name: ../x', 'line 1: name'],
    ['an output that is a path', 'name: x\noutputs: [../../x]', 'line 2: outputs'],
    ['a policy that is a path', 'name: x\npolicy: ../../etc/passwd', 'line 2: policy'],
  ])('%s', (_name, text, says) => {
    expect(faultOf(text)).toContain(says);
  });

  it('a file that would take long to read', () => {
    const path = join(folder, 'long.yaml');
    writeFileSync(path, `name: x\n#${'x'.repeat(65 * 1024)}`);
    expect(() => loadJob(path)).toThrow('is no job file: those are shorter than 64 kB');
  });

  it.each(['\\e[31m', '\\n', '\\u009b', '\\u202e', '\\u2066', '\\u2028', '\\ud800'])(
    'text that steers a terminal: %s',
    (mark) => {
      for (const key of ['organisation', 'role', 'notice'])
        expect(faultOf(`name: x\noperator: { ${key}: "a${mark}b" }`)).toContain(`operator.${key}`);
      for (const key of ['purpose', 'wildcards_approved_by'])
        expect(faultOf(`name: x\n${key}: "a${mark}b"`)).toContain(`line 2: ${key}`);
    },
  );

  it('leaves no trace in any other object', () => {
    faultOf('name: x\n__proto__: { polluted: 1 }\ncolumns: { __proto__: { polluted: 1 } }');
    expect('polluted' in {}).toBe(false);
  });
});

const OID = `1.${'2.'.repeat(126)}3`;

/** As much as may stand in each place. */
function largest(more = 0): Record<string, unknown> {
  const text = (length: number): string => 'あ'.repeat(length + more);
  const step = (at: number) => ({
    step: `s${String(at).padEnd(39 + more, '-')}`,
    ask: 'getPatientDetailsBySearch',
    after: ['begin', 'nobody', 'several', 'doubt', ...Array(more).fill('doubt')],
    send: {
      ...{ family_name: 'as-given', given_name: 'registered', birth_date: 'exchanged' },
      ...{ gender: 'as-given', postcode: 'as-given' },
    },
    max_namesakes: 0.123_456_789_012_345,
  });
  const likenesses = ['same', 'short-form', 'short-name', 'other', 'slip', 'variant', 'initial'];
  return {
    name: 'n'.repeat(40 + more),
    purpose: text(1000),
    operator: { organisation: text(200), role: text(200), notice: text(500) },
    columns: Object.fromEntries(FIELDS.map((field) => [field, text(500)])),
    sheet: text(100),
    wildcards_approved_by: text(500),
    window: `${' '.repeat(89 + more)}19:00-07:00`,
    answer_store: text(1000),
    policy: {
      ...{ max_requests: 50, max_namesakes: 0.123_456_789_012_345 },
      given_name: [...likenesses, ...Array(more).fill('same')],
      steps: Array.from({ length: 100 + more }, (_, at) => step(at)),
    },
    outputs: ['mesh', 'dbs-codes', ...Array(more).fill('mesh')],
    provider: {
      ...{ username: text(255), from_address: text(255), sender_address: text(255) },
      audit_identity: { uri: text(255), type: text(255) },
      local_identifier_root: `${OID}${'0'.repeat(255 - OID.length + more)}`,
    },
  };
}

describe('the largest job', () => {
  it('fits into an entry of the audit trail', () => {
    const job = parseJobValue(largest());
    expect(JSON.stringify(job).length).toBeLessThan(100_000);
  });

  it.each(Object.keys(largest()))('may not have one more in %s', (key) => {
    const value = { ...largest(), [key]: largest(1)[key] };
    expect(() => parseJobValue(value)).toThrow(new RegExp(`\\b${key}\\b`));
  });
});
