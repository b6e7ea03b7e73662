import { parseJobValue } from '../../config/load-job.ts';
import { ConfigError } from '../../errors.ts';
import { finishRun } from '../../pipeline/finish-run.ts';
import { aboutInput, aboutRun } from '../../run-store/run-about.ts';
import { openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { describeResult } from '../print-result.ts';
import { withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';

/** Writes the outputs again from the run's ledger. Gives the exit code. */
export async function reportCommand(path: string, context: CommandContext): Promise<number> {
  const folder = openRunFolder(path);
  return withLedger(folder, async (ledger) => {
    const run = aboutRun(ledger);
    if (run === undefined || aboutInput(ledger) === undefined) {
      throw new ConfigError(
        `${path}: the run was stopped before its input was read; nothing to report yet. Go on with: nhs-trace resume ${path}`,
      );
    }
    const { unaskedRows } = ledger.counts();
    if (unaskedRows > 0) {
      throw new ConfigError(
        `${path}: ${unaskedRows} rows have not been asked about yet. Go on with: nhs-trace resume ${path}`,
      );
    }
    const job = parseJobValue(run.job);
    const audited = { folder, ledger, runId: run.runId, job, user: context.systemUser };
    const summary = await withAudit(audited, context, (audit) =>
      finishRun({ folder, ledger, audit, run, job }),
    );
    const rows = summary.exceptions.failed;
    context.print(
      describeResult(
        summary,
        folder,
        rows > 0 ? { kind: 'unanswered', rows } : { kind: 'complete' },
      ),
    );
    return rows > 0 ? EXIT.unanswered : EXIT.complete;
  });
}
