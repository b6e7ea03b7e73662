import { basename } from 'node:path';
import type { Overrides } from '../../config/settings.ts';
import { whole } from '../../domain/figures.ts';
import { parseRunId } from '../../domain/run.ts';
import { ConfigError } from '../../errors.ts';
import { type AppliedCorrections, applyCorrections } from '../../pipeline/apply-corrections.ts';
import { type CorrectedRows, countLatest } from '../../pipeline/corrected-rows.ts';
import type { Ledger } from '../../run-store/ledger.ts';
import { aboutInput, aboutRun } from '../../run-store/run-about.ts';
import { openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import type { ResultOptions } from '../print-result.ts';
import { settingsOf } from './resume.ts';
import { onRecord } from './run.ts';
import { withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';
import { workOnRun } from './work-on-run.ts';

/**
 * Takes back exceptions.csv after people have mended rows in it, traces those whose details changed, and
 * writes the outputs again. Gives the exit code.
 */
export async function correctCommand(
  path: string,
  exceptions: string,
  options: Overrides & ResultOptions & { readonly user?: string },
  context: CommandContext,
): Promise<number> {
  const folder = openRunFolder(path);
  return withLedger(folder, async (ledger) => {
    const run = aboutRun(ledger);
    const runId = parseRunId(run?.runId ?? '');
    const input = aboutInput(ledger);
    if (run === undefined || runId === undefined || input === undefined || !isFinished(ledger)) {
      throw new ConfigError(
        `${path}: the run is not finished, so there is nothing to correct yet. Go on with: nhs-trace resume ${path}`,
      );
    }
    const settings = settingsOf(run, options, context.environment());
    const now = context.clock.now().toISOString();
    const user = options.user ?? context.systemUser;
    const { job } = settings;
    // No row is changed before it is sure that the trail can be written.
    return withAudit({ folder, ledger, runId, job, user }, context, async (audit) => {
      const applied = await applyCorrections(exceptions, {
        ledger,
        input,
        job: settings.job,
        options: {
          acceptsTestNumbers: run.acceptsTestNumbers,
          today: now.slice(0, 10).replaceAll('-', ''),
        },
        by: { at: now, user, file: basename(exceptions) },
      });
      context.logger.info('run.corrected', { runId, path: folder.path, rows: applied.mended });
      const correction = {
        describe: (rows: CorrectedRows) =>
          options.brief === true ? '' : describeCorrected(applied, rows),
      };
      const { given, mended } = applied;
      const detail = { ...onRecord(run, settings), file: basename(exceptions), given, mended };
      await audit.add({ event: 'run.corrected', detail });
      const named = { ...run, runId };
      const open = { folder, ledger, audit, run: named, settings, isBrief: options.brief };
      return workOnRun({ ...open, correction }, context);
    });
  });
}

/** All rows were asked about, but perhaps those that a correction changed. */
function isFinished(ledger: Ledger): boolean {
  return ledger.lastCorrection() !== undefined || ledger.counts().unaskedRows === 0;
}

function describeCorrected(applied: AppliedCorrections, rows: CorrectedRows): string {
  const { given, mended, isKnown } = applied;
  if (mended === 0 && !isKnown)
    return `No row was changed in the ${whole(given)} that came back.\n\n`;
  const counts = countLatest(rows);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return [
    `${whole(total)} of ${whole(given)} rows that came back were corrected (corrections.csv has each of them):`,
    ...counts.map(({ was, now, count }) => `  ${whole(count).padStart(9)}  ${was} → ${now}`),
    '',
    '',
  ].join('\n');
}
