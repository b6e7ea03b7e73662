import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import {
  type AnswerStoreOptions,
  countExpiredAnswers,
  deleteExpiredAnswers,
  openAnswerStore,
} from '../../src/run-store/answer-store.ts';
import { aNumber, aPerson, details, searched } from '../support/people.ts';
import { aFolder } from '../support/runs.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 26);
const folder = aFolder();
let files = 0;

const subject = { route: 'search', demographics: aPerson() } as const;
const person = { kind: 'found', nhsNumber: aNumber(), details: details() } as const;
const answer = { asked: [searched(person)], answeredAtMs: NOW };

function options(changes: Partial<AnswerStoreOptions> = {}): AnswerStoreOptions {
  return {
    path: join(folder, `store-${files}.sqlite`),
    key: Buffer.alloc(32, 1),
    scope: { endpoint: 'https://provider.example/', policy: { steps: [] } },
    forMs: 30 * DAY,
    nowMs: NOW,
    ...changes,
  };
}

/** A store in a new file that holds one answer. */
function aStore(): AnswerStoreOptions {
  files += 1;
  const store = openAnswerStore(options());
  store.keep([{ subject, ...answer }]);
  store.close();
  return options();
}

function found(changes: Partial<AnswerStoreOptions>, who: Parameters<typeof find>[1] = subject) {
  return find(options(changes), who);
}

function find(
  of: AnswerStoreOptions,
  who: Parameters<ReturnType<typeof openAnswerStore>['find']>[0],
) {
  const store = openAnswerStore(of);
  try {
    return store.find(who);
  } finally {
    store.close();
  }
}

test('finds what was kept about the same details, and nothing else', () => {
  aStore();
  expect(found({})).toEqual(answer);
  expect(found({}, { ...subject, route: 'verify' })).toBeUndefined();
  for (const change of [
    { familyName: 'Otestby' },
    { postcode: undefined },
    { nhsNumber: aNumber() },
  ])
    expect(found({}, { ...subject, demographics: aPerson(change) })).toBeUndefined();
});

test('answers of another provider, to other questions or under another key are not taken', () => {
  aStore();
  const { scope } = options();
  expect(found({ scope: { ...scope, endpoint: 'https://other.example/' } })).toBeUndefined();
  expect(found({ scope: { ...scope, policy: { steps: ['more'] } } })).toBeUndefined();
  expect(found({ key: Buffer.alloc(32, 2) })).toBeUndefined();
  expect(found({})).toEqual(answer);
});

test('an answer whose time somebody has changed, to make it fresh again, is not taken', () => {
  const { path } = aStore();
  const db = new DatabaseSync(path);
  const later = NOW + 25 * DAY;
  db.prepare('UPDATE answer SET answered_at = ?, expires_at = ?').run(later, later + 90 * DAY);
  expect(found({ nowMs: later })).toBeUndefined();
  db.prepare('UPDATE answer SET answered_at = ?').run(NOW);
  db.close();
  expect(found({ nowMs: NOW })).toEqual(answer);
});

test('an answer is good for as long as was said, but for at least two thirds of it', () => {
  aStore();
  expect(found({ nowMs: NOW + 20 * DAY - 1 })).toEqual(answer);
  expect(found({ nowMs: NOW + 20 * DAY, forMs: 10 * DAY })).toBeUndefined();
  expect(found({ nowMs: NOW + 30 * DAY })).toBeUndefined();
  // However long the next job would let it live.
  expect(found({ nowMs: NOW + 30 * DAY, forMs: 900 * DAY })).toBeUndefined();
});

test('what has expired is counted before it is deleted', () => {
  aStore();
  const store = openAnswerStore(options({ nowMs: NOW + 30 * DAY }));
  expect(store.expired()).toBe(1);
  store.deleteExpired();
  expect(store.expired()).toBe(0);
  store.close();
  expect(found({})).toBeUndefined();
});

test('an answer of a time when the clock was years ahead is not taken, and is deleted', () => {
  files += 1;
  const ahead = { asked: answer.asked, answeredAtMs: NOW + 900 * DAY };
  const store = openAnswerStore(options({ nowMs: ahead.answeredAtMs }));
  store.keep([{ subject, ...ahead }]);
  expect(store.find(subject)).toEqual(ahead);
  store.close();

  expect(found({})).toBeUndefined();

  const right = openAnswerStore(options());
  expect(right.expired()).toBe(1);
  right.deleteExpired();
  right.keep([{ subject, ...answer }]);
  right.close();
  expect(found({})).toEqual(answer);
});

test('those of one night do not all end in one night', () => {
  files += 1;
  const people = Array.from({ length: 300 }, (_one, at) => ({
    route: 'search' as const,
    demographics: aPerson({ familyName: `Otestby${at}` }),
  }));
  const store = openAnswerStore(options());
  store.keep(people.map((who) => ({ subject: who, ...answer })));
  store.close();
  const goodAfter = (days: number): number => {
    const later = openAnswerStore(options({ nowMs: NOW + days * DAY }));
    const count = people.filter((who) => later.find(who) !== undefined).length;
    later.close();
    return count;
  };
  expect(goodAfter(19.9)).toBe(300);
  expect(goodAfter(25)).toBeGreaterThan(120);
  expect(goodAfter(25)).toBeLessThan(180);
});

test('a later answer takes the place of an earlier one, not the other way round', () => {
  const of = aStore();
  const store = openAnswerStore(of);
  const later = { asked: [], answeredAtMs: NOW + 5 };
  store.keep([{ subject, ...later }]);
  store.keep([{ subject, ...answer }]);
  expect(store.find(subject)).toEqual(later);
  store.close();
});

test('nothing in its files can be read, and nobody else may open them', () => {
  const of = aStore();
  const store = openAnswerStore(of);
  for (const suffix of ['', '-wal', '-shm']) {
    const path = of.path + suffix;
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
    const bytes = readFileSync(path).toString('latin1');
    for (const mark of ["O'Testby", "O'TESTBY", 'Rowan', 'M1 1AE', '19810917', '9990123454'])
      expect(bytes).not.toContain(mark);
  }
  store.close();
});

test.each([
  ['no database', (path: string) => writeFileSync(path, 'x'.repeat(5000))],
  ['a link to elsewhere', (path: string) => symlinkSync(join(folder, 'elsewhere'), path)],
])('%s is refused with words', (_name, make) => {
  files += 1;
  make(options().path);
  expect(() => openAnswerStore(options())).toThrow(/store/);
});

test('a store of another version is refused with words', () => {
  const of = aStore();
  const bytes = readFileSync(of.path);
  bytes.writeUInt32BE(99, 60);
  writeFileSync(of.path, bytes);
  expect(() => openAnswerStore(of)).toThrow(/another version/);
});

test('a file of others is left as it is, whoever names it as a store', () => {
  const path = join(aFolder(), 'other.db');
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE t (a)');
  other.close();
  const before = [readFileSync(path, 'hex'), statSync(path).mode];

  expect(countExpiredAnswers(path, NOW)).toBe(0);
  deleteExpiredAnswers(path, NOW);
  expect([readFileSync(path, 'hex'), statSync(path).mode]).toEqual(before);
});
