import { expect, it } from 'vitest';
import { createProgressDisplay } from '../../src/cli/show-progress.ts';
import { parseSendingHours } from '../../src/domain/sending-hours.ts';
import { createRunProgress } from '../../src/pipeline/run-progress.ts';
import { openLedger } from '../../src/run-store/ledger.ts';
import { aTracedRow } from '../support/people.ts';
import { someRules } from '../support/rules.ts';
import { createVirtualClock } from '../support/virtual-clock.ts';

it('where no terminal is, a line every 30 seconds tells how far the run is, and what it waits for', () => {
  const ledger = openLedger(':memory:');
  ledger.addRows([aTracedRow(1), aTracedRow(2)]);
  const progress = createRunProgress(ledger, someRules());
  const clock = createVirtualClock();
  const lines: unknown[] = [];
  const log = (event: string, fields?: object): void => void lines.push([event, fields]);
  const hours = parseSendingHours('19:00-07:00 Europe/London');
  const display = createProgressDisplay({
    clock,
    logger: { debug: log, info: log, warn: log, error: log },
    runId: 'run-1',
    ratePerSecond: 5,
    rules: 'fault' in hours ? {} : { hours },
  });
  const counts = { runId: 'run-1', rows: 2, done: 0, matched: 0, exceptions: 0, perSecond: 0 };

  display.show(progress, false);
  clock.pass(30_000);
  progress.hearOf({ reason: 'hours', untilMs: Date.parse('2026-11-22T19:00:00Z') });
  display.show(progress, false);
  display.show(progress, false);
  clock.pass(30_000);
  progress.hearOf(undefined);
  display.show(progress, false);

  expect(lines).toEqual([
    ['run.progress', { ...counts, reason: 'waiting for the sending hours until 19:00' }],
    ['run.progress', counts],
  ]);
});
