import { parseJobValue } from '../../config/load-job.ts';
import { PROTECTIVE_LABEL } from '../../domain/protective-label.ts';
import { ConfigError } from '../../errors.ts';
import { explainRow } from '../../pipeline/explain-row.ts';
import { aboutInput, aboutRun } from '../../run-store/run-about.ts';
import { openRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';

/** Prints the story of one row, counted from 1. Gives the exit code. */
export async function explainCommand(
  path: string,
  { row }: { readonly row: number },
  context: CommandContext,
): Promise<number> {
  const folder = openRunFolder(path);
  return withLedger(folder, async (ledger) => {
    const [run, input] = [aboutRun(ledger), aboutInput(ledger)];
    if (run === undefined || input === undefined) {
      throw new ConfigError(
        `${path}: the run was stopped before its input was read. Go on with: nhs-trace resume ${path}`,
      );
    }
    const job = parseJobValue(run.job);
    const lines = explainRow(ledger, row, input.headers, job);
    if (lines === undefined) {
      throw new ConfigError(`${run.inputFile} has ${input.rows} rows; there is no row ${row}.`);
    }
    const audited = { folder, ledger, runId: run.runId, job, user: context.systemUser };
    await withAudit(audited, context, (audit) => audit.add({ event: 'row.shown', row }));
    context.print(
      [PROTECTIVE_LABEL, `Row ${row} of ${run.inputFile}, run ${run.runId}`, ...lines, ''].join(
        '\n',
      ),
    );
    return EXIT.complete;
  });
}
