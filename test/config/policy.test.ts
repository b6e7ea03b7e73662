/** A search policy in a job file: by name or in full, and every fault of it with its line. */
import { describe, expect, it } from 'vitest';
import { loadJob, parseJob, parseJobValue } from '../../src/config/load-job.ts';
import { SHIPPED_POLICIES } from '../../src/config/load-policy.ts';
import { ConfigError } from '../../src/errors.ts';

/** The lines of a job with one step; the step begins on line 8, its `send` is on line 11. */
function aJob({
  step = SEARCH,
  top = ['max_requests: 3', 'max_namesakes: 0.05'],
}: {
  readonly step?: readonly string[];
  readonly top?: readonly string[];
} = {}): string {
  const [first = '', ...others] = step;
  return [
    'name: mine',
    'policy:',
    ...top.map((line) => `  ${line}`),
    '  # how a given name may agree',
    '  given_name: [same]',
    '  steps:',
    `    - ${first}`,
    ...others.map((line) => `      ${line}`),
    '',
  ].join('\n');
}

const SEARCH = [
  'step: names',
  'ask: getPatientDetailsBySearch',
  'after: [begin]',
  'send: { family_name: as-given, birth_date: as-given, gender: as-given }',
];
const CHECK = [
  'step: supplied-number',
  'ask: verifyNHSNumber',
  'after: [begin]',
  'send: { nhs_number: as-given, birth_date: as-given }',
];

const asking = (operation: string, send: string, after = '[begin]'): readonly string[] => [
  'step: a',
  `ask: ${operation}`,
  `after: ${after}`,
  `send: { ${send} }`,
];

function faultsOf(text: string): readonly string[] {
  try {
    parseJob(text, 'my.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    const [title, ...faults] = String(error instanceof Error ? error.message : '').split('\n');
    expect(title).toBe('the job file my.yaml cannot be used:');
    return faults.map((fault) => fault.trim());
  }
  throw new Error('no fault was found');
}

describe('a policy', () => {
  it.each(SHIPPED_POLICIES)('comes with the program: %s', (name) => {
    const { policy } = parseJob(`name: mine\npolicy: ${name}\n`, 'my.yaml');

    expect(policy.steps.length).toBeGreaterThan(3);
    expect(policy).toEqual(parseJob(JSON.stringify({ name: 'mine', policy }), 'my.yaml').policy);
  });

  it('is "verify" when the job names none', () => {
    const { policy } = parseJob('name: mine\n', 'my.yaml');

    expect(policy).toEqual(parseJob('name: mine\npolicy: verify\n', 'my.yaml').policy);
    expect(policy).not.toEqual(parseJob('name: mine\npolicy: trace\n', 'my.yaml').policy);
  });

  it.each([
    ['nightly-data-quality', 'verify'],
    ['cohort-backfill', 'trace'],
    ['social-care-matching', 'enrich'],
  ])('of %s is %s', (job, name) => {
    expect(loadJob(job).policy).toEqual(parseJob(`name: a\npolicy: ${name}\n`, 'a.yaml').policy);
  });

  it.each(SHIPPED_POLICIES)(
    'that comes with the program searches without wildcards: %s',
    (name) => {
      const { policy } = parseJob(`name: mine\npolicy: ${name}\n`, 'my.yaml');

      expect(JSON.stringify(policy.steps)).not.toContain('"start"');
    },
  );

  it('may stand in the job in full', () => {
    expect(parseJob(aJob(), 'my.yaml').policy).toEqual({
      max_requests: 3,
      max_namesakes: 0.05,
      given_name: ['same'],
      steps: [
        {
          step: 'names',
          ask: 'getPatientDetailsBySearch',
          after: ['begin'],
          send: { family_name: 'as-given', birth_date: 'as-given', gender: 'as-given' },
        },
      ],
    });
  });

  it('may be shared by an alias', () => {
    const text = `${aJob({ step: [...SEARCH.slice(0, 3), 'send: &all { family_name: as-given, birth_date: as-given, gender: as-given }'] })}    - { step: again, ask: getNHSNumber, after: [nobody], send: *all }\n`;

    const { steps } = parseJob(text, 'my.yaml').policy;

    expect(steps[1]?.send).toEqual(steps[0]?.send);
  });

  it.each([
    ['verifyNHSNumber', 'nhs_number: as-given, birth_date: as-given'],
    [
      'getPatientDetailsByNHSNumber',
      'nhs_number: as-given, birth_date: as-given, given_name: as-given',
    ],
    ['getPatientDetails', 'nhs_number: as-given, birth_date: as-given, family_name: as-given'],
    ['getPatientDetails', 'family_name: exchanged, birth_date: exchanged, gender: as-given'],
    [
      'getNHSNumber',
      'family_name: half, birth_date: as-given, gender: as-given, postcode: previous',
    ],
    ['getPatientDetailsBySearch', 'family_name: previous, birth_date: as-given, gender: as-given'],
  ])('may ask %s with %s', (operation, send) => {
    expect(parseJob(aJob({ step: asking(operation, send) }), 'my.yaml').policy.steps).toHaveLength(
      1,
    );
  });

  it('may be stricter for one step', () => {
    const { policy } = parseJob(aJob({ step: [...SEARCH, 'max_namesakes: 0.001'] }), 'my.yaml');

    expect(policy.steps[0]?.max_namesakes).toBe(0.001);
  });
});

describe('a fault of a policy is told with its line:', () => {
  it.each([
    [
      'an unknown key',
      aJob({ top: ['max_requests: 3', 'max_namesakes: 0.1', 'max: 1'] }),
      'line 5: unknown key max in policy; see jobs/README.md',
    ],
    [
      'an unknown key of a step',
      aJob({ step: [...SEARCH, 'when: never'] }),
      'line 12: unknown key when in policy.steps.0; see jobs/README.md',
    ],
    [
      'an unknown field',
      aJob({
        step: asking(
          'getNHSNumber',
          'family_name: as-given, birth_date: as-given, gender: as-given, middle_name: as-given',
        ),
      }),
      'line 11: unknown key middle_name in policy.steps.0.send; see jobs/README.md',
    ],
    [
      'no steps',
      'name: a\npolicy:\n  max_requests: 1\n  max_namesakes: 0.1\n  given_name: [same]\n  steps: []\n',
      'line 6: policy.steps: ',
    ],
    [
      'no key that it needs',
      'name: a\npolicy:\n  max_requests: 1\n',
      'line 2: policy.max_namesakes: ',
    ],
    [
      'no budget',
      aJob({ top: ['max_requests: 0', 'max_namesakes: 0.1'] }),
      'line 3: policy.max_requests: ',
    ],
    [
      'a budget without end',
      aJob({ top: ['max_requests: 51', 'max_namesakes: 0.1'] }),
      'line 3: policy.max_requests: ',
    ],
    [
      'a probability of nothing',
      aJob({ top: ['max_requests: 3', 'max_namesakes: 0'] }),
      'line 4: policy.max_namesakes: ',
    ],
    [
      'more than one namesake',
      aJob({ top: ['max_requests: 3', 'max_namesakes: 2'] }),
      'line 4: policy.max_namesakes: ',
    ],
    [
      'a step that is laxer than anything',
      aJob({ step: [...SEARCH, 'max_namesakes: 1.1'] }),
      'line 12: policy.steps.0.max_namesakes: ',
    ],
    [
      'an operation that is none',
      aJob({
        step: asking(
          'getEverything',
          'family_name: as-given, birth_date: as-given, gender: as-given',
        ),
      }),
      'line 9: policy.steps.0.ask: ',
    ],
    [
      'a state that is none',
      aJob({
        step: asking(
          'getNHSNumber',
          'family_name: as-given, birth_date: as-given, gender: as-given',
          '[begin, always]',
        ),
      }),
      'line 10: policy.steps.0.after.1: ',
    ],
    [
      'a step after nothing',
      aJob({
        step: asking(
          'getNHSNumber',
          'family_name: as-given, birth_date: as-given, gender: as-given',
          '[]',
        ),
      }),
      'line 10: policy.steps.0.after: ',
    ],
    [
      'a form that is none',
      aJob({
        step: [
          ...SEARCH.slice(0, 3),
          'send:',
          '  family_name: as-given',
          '  birth_date: backwards',
          '  gender: as-given',
        ],
      }),
      'line 13: policy.steps.0.send.birth_date: ',
    ],
    [
      'a form of another field',
      aJob({
        step: asking(
          'getNHSNumber',
          'family_name: registered, birth_date: as-given, gender: as-given',
        ),
      }),
      'line 11: policy.steps.0.send.family_name: ',
    ],
    [
      'a name that a file could not hold',
      aJob({ step: ['step: My Step', ...SEARCH.slice(1)] }),
      'line 8: policy.steps.0.step: use lower-case letters, digits and hyphens',
    ],
    [
      'the name of the step that is ours',
      aJob({ step: ['step: details', ...SEARCH.slice(1)] }),
      'line 8: policy.steps.0.step: this name is taken by the program itself',
    ],
    [
      'verifying without a number',
      aJob({
        step: asking(
          'verifyNHSNumber',
          'family_name: as-given, birth_date: as-given, gender: as-given',
        ),
      }),
      'line 11: policy.steps.0.send: verifyNHSNumber needs nhs_number',
    ],
    [
      'details of no number',
      aJob({ step: asking('getPatientDetailsByNHSNumber', 'birth_date: as-given') }),
      'line 11: policy.steps.0.send: getPatientDetailsByNHSNumber needs nhs_number',
    ],
    [
      'searching with a number',
      aJob({ step: asking('getNHSNumber', 'nhs_number: as-given, birth_date: as-given') }),
      'line 11: policy.steps.0.send: getNHSNumber takes no nhs_number',
    ],
    [
      'searching by details with a number',
      aJob({
        step: asking('getPatientDetailsBySearch', 'nhs_number: as-given, birth_date: as-given'),
      }),
      'line 11: policy.steps.0.send: getPatientDetailsBySearch takes no nhs_number',
    ],
    [
      'no date of birth',
      aJob({ step: asking('getNHSNumber', 'family_name: as-given, gender: as-given') }),
      'line 11: policy.steps.0.send: birth_date is needed by every operation',
    ],
    [
      'searching without a gender',
      aJob({
        step: asking('getPatientDetailsBySearch', 'family_name: as-given, birth_date: as-given'),
      }),
      'line 11: policy.steps.0.send: a search needs family_name and gender',
    ],
    [
      'searching without a family name',
      aJob({ step: asking('getPatientDetails', 'birth_date: as-given, gender: as-given') }),
      'line 11: policy.steps.0.send: a search needs family_name and gender',
    ],
    [
      'checking a number with a gender',
      aJob({
        step: asking(
          'getPatientDetails',
          'nhs_number: as-given, birth_date: as-given, gender: as-given',
        ),
      }),
      'line 11: policy.steps.0.send: a check of a number takes no gender and no postcode',
    ],
    [
      'checking a number with a postcode',
      aJob({
        step: asking(
          'getPatientDetails',
          'nhs_number: as-given, birth_date: as-given, postcode: as-given',
        ),
      }),
      'line 11: policy.steps.0.send: a check of a number takes no gender and no postcode',
    ],
    [
      'checking a number with another date',
      aJob({ step: asking('verifyNHSNumber', 'nhs_number: as-given, birth_date: exchanged') }),
      'line 11: policy.steps.0.send: a check of a number takes its fields as-given',
    ],
    [
      'checking a number with a former name',
      aJob({
        step: asking(
          'verifyNHSNumber',
          'nhs_number: as-given, birth_date: as-given, family_name: previous',
        ),
      }),
      'line 11: policy.steps.0.send: a check of a number takes its fields as-given',
    ],
    [
      'checking a number late',
      aJob({ step: [...CHECK.slice(0, 2), 'after: [nobody]', ...CHECK.slice(3)] }),
      'line 11: policy.steps.0.send: a number is checked at the beginning',
    ],
    [
      'checking a number again and again',
      aJob({ step: [...CHECK.slice(0, 2), 'after: [begin, nobody]', ...CHECK.slice(3)] }),
      'line 11: policy.steps.0.send: a number is checked at the beginning',
    ],
    [
      'the same name twice',
      `${aJob()}    - { step: names, ask: getNHSNumber, after: [nobody], send: { family_name: as-given, birth_date: as-given, gender: as-given } }\n`,
      'line 7: policy.steps: two steps have the same name',
    ],
    [
      'no likeness at all',
      'name: a\npolicy:\n  max_requests: 1\n  max_namesakes: 0.1\n  given_name: []\n  steps: []\n',
      'line 5: policy.given_name: ',
    ],
    [
      'a likeness that is none',
      'name: a\npolicy:\n  max_requests: 1\n  max_namesakes: 0.1\n  given_name: [same, similar]\n  steps: []\n',
      'line 5: policy.given_name.1: ',
    ],
    ['a name that is none', 'name: a\npolicy: everything\n', 'line 2: policy: '],
    ['a path', 'name: a\npolicy: ../policies/trace.yaml\n', 'line 2: policy: '],
    ['nothing', 'name: a\npolicy:\n', 'line 2: policy: '],
    ['a list', 'name: a\npolicy: [verify]\n', 'line 2: policy: '],
  ] as const)('%s', (_name, text, expected) => {
    const faults = faultsOf(text);

    expect(faults).toContainEqual(expect.stringContaining(expected));
    expect(faults.filter((fault) => fault.startsWith(expected))).toHaveLength(1);
  });

  it('all of them at once', () => {
    const faults = faultsOf(
      aJob({
        top: ['max_requests: many', 'max_namesakes: 0'],
        step: ['step: A', ...asking('verifyNHSNumber', 'birth_date: as-given').slice(1)],
      }),
    );

    expect(faults.map((fault) => fault.split(':', 2).join(':'))).toEqual([
      'line 3: policy.max_requests',
      'line 4: policy.max_namesakes',
      'line 8: policy.steps.0.step',
      'line 11: policy.steps.0.send',
    ]);
  });
});

describe('searching with wildcards', () => {
  const wild = aJob({
    step: asking('getNHSNumber', 'family_name: start, birth_date: as-given, gender: as-given'),
  });

  it.each([
    ['family_name: start, birth_date: as-given, gender: as-given'],
    ['family_name: as-given, given_name: start, birth_date: as-given, gender: as-given'],
    ['family_name: as-given, birth_date: as-given, gender: as-given, postcode: start'],
  ])('is refused unless somebody approved it: %s', (send) => {
    const faults = faultsOf(aJob({ step: asking('getNHSNumber', send) }));

    expect(faults).toEqual([
      expect.stringMatching(/: policy\.steps\.0: .*wildcards_approved_by.*MSCA-PDS-07/),
    ]);
  });

  it('is told with the line of the step that does so', () => {
    const text = `${aJob()}    - step: wide\n      ask: getNHSNumber\n      after: [nobody]\n      send: { family_name: start, birth_date: as-given, gender: as-given }\n`;

    expect(faultsOf(text)).toEqual([expect.stringMatching(/^line 12: policy\.steps\.1: /)]);
  });

  it('is possible when somebody did', () => {
    const job = parseJob(`${wild}wildcards_approved_by: Dr A, hazard log 7\n`, 'my.yaml');

    expect(job.wildcards_approved_by).toBe('Dr A, hazard log 7');
    expect(job.policy.steps[0]?.send.family_name).toBe('start');
  });
});

describe('the policy of a job that was stored with a run', () => {
  it.each([
    ['by name', 'name: mine\npolicy: enrich\n'],
    ['in full', aJob()],
    [
      'with wildcards',
      `${aJob({ step: asking('getNHSNumber', 'family_name: start, birth_date: as-given, gender: as-given') })}wildcards_approved_by: Dr A\n`,
    ],
  ])('is the same when it is read again: %s', (_name, text) => {
    const job = parseJob(text, 'my.yaml');

    expect(parseJobValue(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  it('is refused when it is none any more', () => {
    const job = parseJob('name: mine\n', 'my.yaml');

    expect(() => parseJobValue({ ...job, policy: { ...job.policy, steps: [] } })).toThrow(
      /of this run cannot be used:\n {2}policy\.steps: /,
    );
  });

  it('of an earlier version is refused by the keys that are gone', () => {
    const { policy: _, ...job } = parseJob('name: mine\n', 'my.yaml');
    const stored = { ...job, search: { no_number: 'getNHSNumber' } };

    expect(() => parseJobValue(stored)).toThrow(/unknown key search/);
  });
});
