import { isGoingOn, type RunStatus } from '../../domain/run-status.ts';
import { ConfigError } from '../../errors.ts';
import { printableJson } from '../../lib/printable.ts';
import { runStatus } from '../../pipeline/run-status.ts';
import { statusJson } from '../../report/status-json.ts';
import { statusList, statusText } from '../../report/status-text.ts';
import { runsIn } from '../../run-store/look-at-run.ts';
import { isRunFolder } from '../../run-store/run-folder.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

const LOOK_EVERY_MS = 2_000;

export interface StatusOptions {
  readonly json?: boolean;
  readonly watch?: boolean;
}

/** Shows where a run is, or the runs of a directory. Gives the exit code. */
export async function statusCommand(
  path: string,
  options: StatusOptions,
  context: CommandContext,
): Promise<number> {
  const { clock, signal, print, clear, isTerminal } = context;
  for (;;) {
    const { text, isGoing } = look(path, options, context);
    if (options.watch === true && isTerminal && options.json !== true) clear();
    print(text);
    if (options.watch !== true || !isGoing || signal.aborted) return EXIT.complete;
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
  }
}

interface Seen {
  readonly text: string;
  readonly isGoing: boolean;
}

function look(path: string, { json = false }: StatusOptions, context: CommandContext): Seen {
  if (isRunFolder(path)) {
    const status = runStatus(path, context.clock.now());
    const text = json ? lineOf(statusJson(status)) : statusText(status);
    return { text, isGoing: isGoingOn(status) };
  }
  const statuses = statusesIn(path, context);
  return {
    text: json ? lineOf({ runs: statuses.map(statusJson) }) : statusList(statuses),
    isGoing: statuses.some(isGoingOn),
  };
}

function lineOf(value: object): string {
  return `${printableJson(value)}\n`;
}

/** Newest first. One that cannot be read is logged and left out. */
function statusesIn(path: string, { clock, logger }: CommandContext): readonly RunStatus[] {
  const statuses = runsIn(path).flatMap((one) => {
    try {
      return [runStatus(one, clock.now())];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      logger.warn('status.unreadable', { path: one, reason: error.message });
      return [];
    }
  });
  if (statuses.length === 0)
    throw new ConfigError(`${path} is not a run directory, and no run is in it.`);
  return statuses.toSorted((a, b) => b.startedMs - a.startedMs);
}
