import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type AuditorKeys, newAuditorKeys } from '../../src/audit/audit-keys.ts';
import { type AuditTrailOptions, openAuditTrail } from '../../src/audit/audit-trail.ts';
import { type Line, readLines } from '../../src/audit/read-lines.ts';
import { type ProvenEntry, readTrail } from '../../src/audit/read-trail.ts';
import type { AuditEvent, AuditHead } from '../../src/domain/audit.ts';
import { between, createRandom } from '../../src/synth/random.ts';
import { aNumber } from '../support/people.ts';
import { aFolder } from '../support/runs.ts';

const TAMPERINGS = 1000;
const folder = aFolder();
let auditor: AuditorKeys;
let trails = 0;

beforeAll(async () => {
  auditor = await newAuditorKeys();
});

function options(path: string): AuditTrailOptions {
  return {
    path,
    writer: { user: 'ann', organisation: 'ZZ9', role: 'data quality', runId: 'run-1' },
    recipient: auditor.recipient,
    now: () => new Date('2026-11-26T02:03:04.500Z'),
    system: { version: '1' },
  };
}

/** Two processes have written it; gives how far it came. */
async function aTrail(): Promise<{ readonly path: string; readonly head: AuditHead }> {
  trails += 1;
  const path = join(folder, `${trails}.jsonl`);
  const first = await openAuditTrail(options(path));
  await first.add({ event: 'run.started', detail: { rate: 5 } });
  await Promise.all([1, 2, 3, 4, 5].map((subjectId) => first.add(aRequest(subjectId))));
  await first.close();
  const second = await openAuditTrail(options(path));
  await second.addAll([aRequest(6), { event: 'run.ended', code: 'complete' }]);
  const head = second.head();
  await second.close();
  return { path, head };
}

function aRequest(subjectId: number): AuditEvent {
  return {
    event: 'request.sent',
    messageId: `ID-${subjectId}`,
    operation: 'verifyNHSNumber',
    subjectId,
    attempt: 1,
    nhsNumber: aNumber(),
  };
}

async function read(path: string, head?: AuditHead, identity = auditor.identity) {
  const entries: ProvenEntry[] = [];
  const reading = readTrail(path, identity, head);
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { entries, fault: next.value };
    entries.push(next.value);
  }
}

test('everything is there, in order, by whom and when, through two processes', async () => {
  const { path, head } = await aTrail();
  const { entries, fault } = await read(path, head);
  expect(fault).toBeUndefined();
  expect(entries.map(({ entry }) => [entry.sequence, entry.event, entry.subject])).toEqual([
    [1, 'trail.opened', undefined],
    [2, 'run.started', undefined],
    ...[1, 2, 3, 4, 5].map((subject) => [subject + 2, 'request.sent', subject]),
    [8, 'trail.opened', undefined],
    [9, 'request.sent', 6],
    [10, 'run.ended', undefined],
  ]);
  for (const { entry } of entries)
    expect(entry).toMatchObject({
      ...{ user: 'ann', organisation: 'ZZ9', role: 'data quality', run_id: 'run-1' },
      at: '2026-11-26T02:03:04.500Z',
    });
  expect(head.sequence).toBe(10);
});

test('an NHS number cannot be read, but found and opened with the auditor’s key', async () => {
  const { path } = await aTrail();
  expect(readFileSync(path, 'utf8')).not.toContain(aNumber());
  const { entries } = await read(path);
  const requests = entries.filter(({ entry }) => entry.event === 'request.sent');
  for (const { entry, keys } of requests) {
    expect(keys.sealer.open(entry.nhs_number ?? '', String(entry.sequence))).toBe(aNumber());
    expect(entry.nhs_number_digest).toBe(keys.digestOf(aNumber()));
  }
  // The same number looks different in each entry, and in each stretch.
  expect(new Set(requests.map(({ entry }) => entry.nhs_number)).size).toBe(6);
  expect(new Set(requests.map(({ entry }) => entry.nhs_number_digest)).size).toBe(2);
});

test('nobody but the auditor can prove it', async () => {
  const { path, head } = await aTrail();
  const other = await newAuditorKeys();
  expect((await read(path, head, other.identity)).fault).toEqual({
    line: 1,
    reason: 'it was not written for this auditor key',
  });
});

test('a thousand tamperings are found, each at its place', async () => {
  const { path, head } = await aTrail();
  const text = readFileSync(path);
  const random = createRandom('tamperings');
  const below = (limit: number): number => between(random, 0, limit - 1);
  const lines = text.toString('utf8').trimEnd().split('\n');
  const kinds: readonly (() => readonly [Buffer | string, number])[] = [
    // One bit of any byte.
    () => {
      const at = below(text.length);
      const changed = Buffer.from(text);
      changed.writeUInt8((changed[at] ?? 0) ^ (1 << below(8)), at);
      const line = text.subarray(0, at).toString('latin1').split('\n').length;
      return [changed, line];
    },
    // An entry is taken away.
    () => {
      const at = below(lines.length);
      return [joined(lines.toSpliced(at, 1)), at + 1];
    },
    // An entry is put in: a copy of another.
    () => {
      const at = below(lines.length + 1);
      return [joined(lines.toSpliced(at, 0, lines[below(lines.length)] ?? '')), at + 1];
    },
    // Two entries change places.
    () => {
      const [one, other] = [below(lines.length), below(lines.length)];
      if (one === other) return [joined(lines.slice(0, -1)), lines.length];
      const moved = lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');
      return [joined(moved), Math.min(one, other) + 1];
    },
    // The end is cut off, anywhere.
    () => {
      const size = below(text.length);
      const line = text.subarray(0, size).toString('latin1').split('\n').length;
      return [text.subarray(0, size), line];
    },
    // Another stretch, by whoever knows the recipient, in the place of the end.
    () => [forged.subarray(0), 9],
  ];
  const forgedPath = join(folder, 'forged.jsonl');
  writeFileSync(forgedPath, joined(lines.slice(0, 8)));
  const forger = await openAuditTrail(options(forgedPath));
  await forger.addAll([aRequest(7), { event: 'run.ended' }]);
  await forger.close();
  const forged = readFileSync(forgedPath);
  const tampered = join(folder, 'tampered.jsonl');
  const missed: string[] = [];
  for (let n = 0; n < TAMPERINGS; n += 1) {
    const [changed, line] = kinds[n % kinds.length]?.() ?? ['', 0];
    writeFileSync(tampered, changed);
    const { fault } = await read(tampered, head);
    // A copy of the entry before it is told by the number of the one that comes then.
    const isFound = fault !== undefined && fault.line <= line + 1 && fault.line >= line;
    if (!isFound) missed.push(`${n % kinds.length}: line ${line}, found ${fault?.line}`);
  }
  expect(missed).toEqual([]);
});

const joined = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

test('a line that a killed process left half-written is cut off, and that is told', async () => {
  const { path, head } = await aTrail();
  appendFileSync(path, '{"sequence":11,"at":"2026');
  expect((await read(path, head)).fault).toBeUndefined();
  const next = await openAuditTrail(options(path));
  await next.close();
  const { entries, fault } = await read(path, head);
  expect(fault).toBeUndefined();
  expect(entries.at(-1)?.entry).toMatchObject({
    ...{ sequence: 11, event: 'trail.opened' },
    detail: { cut_bytes: 25 },
  });
});

test('an entry that could not be found again at the end of the file is refused, and leaves no gap', async () => {
  const { path } = await aTrail();
  const trail = await openAuditTrail(options(path));
  const long = { event: 'run.started', detail: 'ü'.repeat(300_000) } as const;
  await expect(trail.addAll([aRequest(8), long])).rejects.toThrow('too long');
  // What stands at the end is as long as may be, and the next process goes on behind it.
  await trail.add({ ...long, detail: '\u3042'.repeat(299_000) });
  await trail.close();
  const next = await openAuditTrail(options(path));
  const head = next.head();
  await next.close();
  const { entries, fault } = await read(path, head);
  expect(fault).toBeUndefined();
  expect(entries.map(({ entry }) => entry.sequence)).toEqual(entries.map((_entry, at) => at + 1));
  expect(entries.at(-1)?.entry.detail).toMatchObject({ cut_bytes: 0 });
});

test('a line without end is no entry, and is not read to its end', async () => {
  const { path, head } = await aTrail();
  const whole = readFileSync(path);
  const file = openSync(path, 'a');
  const piece = Buffer.alloc(16 * 1024 * 1024, 'x');
  for (let written = 0; written < 16; written += 1) writeSync(file, piece);
  closeSync(file);
  expect((await read(path, head)).fault).toEqual({ line: 11, reason: 'it is no entry' });
  writeFileSync(path, whole);
});

test('lines are those of the file, whatever pieces it is read in', async () => {
  const path = join(folder, 'lines');
  const lengths = [0, 1, 65_535, 65_536, 65_537, 0, 200_000, 450_000, 3];
  const lines = lengths.map((length, at) => (at % 2 === 0 ? 'a' : 'ü').repeat(length));
  writeFileSync(path, `${lines.join('\n')}\n\r\u2028half`);
  const found: Line[] = [];
  for await (const line of readLines(path)) found.push(line);
  expect(found.map(({ text }) => text).join() === [...lines, '\r\u2028half'].join()).toBe(true);
  expect(found.map(({ isWhole }) => isWhole)).toEqual([...lines.map(() => true), false]);
});

test('the file is for its owner alone, and is not followed through a link', async () => {
  const { path } = await aTrail();
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  const link = join(folder, 'link.jsonl');
  symlinkSync(path, link);
  await expect(openAuditTrail(options(link))).rejects.toThrow('is a link');
});
