/** The command line: options, one call, exit code. A command's own code is loaded when it is called. */
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { readEnvironment } from '../config/load-env.ts';
import { DEFAULT_JOB, SHIPPED_JOBS } from '../config/load-job.ts';
import { shownText } from '../config/shown-text.ts';
import { ConfigError } from '../errors.ts';
import { systemClock } from '../lib/clock.ts';
import { createLogger, LOG_LEVELS, type LogLevel } from '../lib/logger.ts';
import { printableLines } from '../lib/printable.ts';
import { NO_METRICS } from '../metrics/metrics.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT, exitCodeOfError } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { withMetrics } from './with-metrics.ts';

const JOB = `${SHIPPED_JOBS.join(', ')}, or a file of your own (see jobs/README.md)`;

function positive(text: string): number {
  const value = Number(text);
  if (!(Number.isFinite(value) && value > 0))
    throw new InvalidArgumentError('Give a number above 0.');
  return value;
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

function short(text: string): string {
  const { success } = shownText(200).safeParse(text);
  if (success) return text;
  throw new InvalidArgumentError('Give a short text on one line, without control characters.');
}

function atLeastOne(text: string): number {
  const value = whole(text);
  if (value < 1) throw new InvalidArgumentError('Give a whole number of at least 1.');
  return value;
}

const endpoint = (): Option =>
  new Option(
    '--endpoint <url>',
    'the provider: https, or http on this machine (or NHS_TRACE_ENDPOINT)',
  );
const rate = (): Option =>
  new Option('--rate <n>', 'requests a second, all workers together').argParser(positive);
const concurrency = (): Option =>
  new Option('--concurrency <n>', 'requests in flight, for each worker').argParser(atLeastOne);
const queue = (): Option =>
  new Option(
    '--queue <url>',
    'embedded (the default), or redis:// or rediss:// for many machines (or NHS_TRACE_QUEUE_URL)',
  );
const workers = (): Option =>
  new Option(
    '--workers <n>',
    'workers in this process (default 1); 0 leaves the work to "nhs-trace worker"',
  ).argParser(whole);
const brief = (): Option =>
  new Option('--brief', 'tells the result in one line, for a scheduler and its mail');

const metrics = (): Option =>
  new Option(
    '--metrics <port>',
    'serves Prometheus metrics on this port of this machine (or NHS_TRACE_METRICS_PORT)',
  ).argParser(whole);

function withOverrides(command: Command): Command {
  return [endpoint(), rate(), concurrency(), queue(), workers()].reduce(
    (with_, option) => with_.addOption(option),
    command,
  );
}

const SECRETS = `
Environment:
  NHS_TRACE_ENDPOINT, NHS_TRACE_QUEUE_URL   instead of --endpoint and --queue
  NHS_TRACE_TLS_PFX, NHS_TRACE_TLS_PASSPHRASE   the client certificate as a .pfx or .p12 file, or
  NHS_TRACE_TLS_CERT, NHS_TRACE_TLS_KEY         as PEM files
  NHS_TRACE_TLS_CA                              the authority that issued the provider's certificate
  NHS_TRACE_QUEUE_CA   the authority that issued the certificate of the queue's Redis (rediss:)
  NHS_TRACE_KEY   32 bytes in base64; encrypts personal data in a Redis queue and in the answer store
  NHS_TRACE_AUDIT_RECIPIENT   for whom the audit trail is written (nhs-trace keygen --audit)
  NHS_TRACE_METRICS_PORT   instead of --metrics
  Secrets may stand in a file instead: NHS_TRACE_KEY_FILE, NHS_TRACE_TLS_PASSPHRASE_FILE,
  NHS_TRACE_QUEUE_URL_FILE, NHS_TRACE_AUDIT_KEY_FILE`;

const AUDIT_KEY = `
Environment:
  NHS_TRACE_AUDIT_KEY, or NHS_TRACE_AUDIT_KEY_FILE   the auditor's key (nhs-trace keygen --audit);
  without it the key beside the trail is used, when the run named no auditor`;

const ONE_PERSON = `
One person, by order of a court (docs/deployment.md); every run must have ended:
  nhs-trace purge --nhs-number - --reason "order 123/26" --dry-run    shows the rows
  nhs-trace purge --nhs-number - --reason "order 123/26"              empties them, writes all outputs again
  nhs-trace purge RUN-DIR --row 17 --reason "order 123/26"            of somebody without a number
  A row counts when the number stands in it, in an answer about it, or stood in it before it was corrected.
  NHS_TRACE_KEY, or NHS_TRACE_KEY_FILE   is needed to find the person among the earlier answers.
  --reason must be given, and stands in the record in clear. Exit code 2: something had to stay.`;

const EXIT_CODES = `
Exit codes:
  0 every row has an answer          3 some rows have no answer; resume asks again
  2 wrong usage or input, none sent  4 stopped by a signal; safe to resume
  1 a defect of the program          5 stopped itself; look, then resume`;

/** So long after a signal the program ends, whatever it waits for; the ledger is durable. */
const STOP_AT_LATEST_MS = 4_500;

/** The whole screen anew. */
const CLEAR = '\u001b[2J\u001b[H';

/** A second signal after so long ends the program at once; what is in the ledger is safe. */
const IMPATIENT_MS = 1_000;

type Run = (context: CommandContext) => Promise<number>;

/** Builds the commands. `perform` is called once, with what the command line asks for. */
function createProgram(perform: (run: Run, level: LogLevel | undefined) => Promise<void>): Command {
  const program = new Command('nhs-trace')
    .configureOutput({ writeErr: (text) => process.stderr.write(printableLines(text)) })
    .description(
      'Finds the NHS numbers of people in a CSV file, through a Spine Mini Service Provider for PDS.',
    )
    .version(packageVersion())
    .enablePositionalOptions()
    .showHelpAfterError('(--help tells more)')
    .addHelpText(
      'after',
      `
Begin with:
  nhs-trace demo                        everything at once, on invented people
  nhs-trace check people.csv            what would be sent; sends nothing
  nhs-trace run people.csv --endpoint https://...
${EXIT_CODES}`,
    );
  const add = (name: string, summary: string, parent = program): Command =>
    parent
      .command(name)
      .description(summary)
      .addOption(
        new Option('--log-level <level>', 'how much to log, as JSON on stderr').choices(LOG_LEVELS),
      );
  const perform_ = (command: Command, run: Run): Promise<void> =>
    perform(run, command.opts()['logLevel'] as LogLevel | undefined);

  withOverrides(add('run', 'Traces the people in a file. The main job.'))
    .argument(
      '<input.csv>',
      'CSV or .xlsx, with a header row (docs/input-files.md tells what is understood)',
    )
    .option('--job <name or file>', JOB, DEFAULT_JOB)
    .option('--out <dir>', 'the run directory (default: runs/<run-id>)')
    .option('--user <id>', 'who started the run (default: the user of the operating system)', short)
    .option('--run-id <id>', 'what to call the run (default: job, time and process)')
    .addOption(brief())
    .addOption(metrics())
    .addHelpText(
      'after',
      `${SECRETS}\n${EXIT_CODES}\n\nExample:\n  nhs-trace run people.csv --job cohort-backfill --endpoint https://smsp.example.nhs.uk/smsp/pds`,
    )
    .action((input: string, options, command) =>
      perform_(command, async (context) => {
        const { runCommand } = await import('./commands/run.ts');
        return withMetrics(options.metrics, context, (metered) =>
          runCommand(input, options, metered),
        );
      }),
    );

  withOverrides(
    add('resume', 'Goes on with a run that was stopped, killed, or left rows unanswered.'),
  )
    .argument('<run-dir>', 'the directory of the run')
    .addOption(brief())
    .addOption(metrics())
    .addHelpText(
      'after',
      `${SECRETS}\n${EXIT_CODES}\n\nThe input file is not needed again, unless the run was stopped while reading it.`,
    )
    .action((path: string, options, command) =>
      perform_(command, async (context) => {
        const { resumeCommand } = await import('./commands/resume.ts');
        return withMetrics(options.metrics, context, (metered) =>
          resumeCommand(path, options, metered),
        );
      }),
    );

  withOverrides(
    add('correct', 'Takes back exceptions.csv or .xlsx with mended rows, and traces only those.'),
  )
    .argument('<run-dir>', 'the directory of the run')
    .argument('<exceptions.csv>', 'the file after people have mended cells in it')
    .option('--user <id>', 'who mended them (default: the user of the operating system)', short)
    .addOption(brief())
    .addHelpText(
      'after',
      `${SECRETS}\n${EXIT_CODES}\n\nChange cells under your own column names; leave trace_row as it is. Rows may be sorted or left out.`,
    )
    .action((path: string, exceptions: string, options, command) =>
      perform_(command, async (context) => {
        const { correctCommand } = await import('./commands/correct.ts');
        return correctCommand(path, exceptions, options, context);
      }),
    );

  withOverrides(
    add('check', 'Shows what stands in a file and what a run would send. Sends nothing.'),
  )
    .argument('<input.csv>', 'the file to look at: CSV or .xlsx')
    .option('--job <name or file>', JOB, DEFAULT_JOB)
    .option('--json', 'prints one JSON object (docs/input-files.md) instead of text')
    .option('--html <file>', 'also writes a page for people')
    .option(
      '--out <dir>',
      'as for run: the answers of earlier runs lie beside it (default: in runs/)',
    )
    .action((input: string, options, command) =>
      perform_(command, async (context) => {
        const { checkCommand } = await import('./commands/check.ts');
        return checkCommand(input, options, context);
      }),
    );

  add(
    'worker',
    'Takes part in runs that were started elsewhere with a Redis queue, until it is stopped.',
  )
    .addOption(queue())
    .addOption(endpoint())
    .addOption(concurrency())
    .option('--audit-dir <dir>', 'where what it sends goes on record', 'runs/worker-audit')
    .addOption(metrics())
    .addHelpText(
      'after',
      `${SECRETS}\n\nExample, with the same NHS_TRACE_KEY as the run:\n  nhs-trace worker --queue rediss://queue.example.nhs.uk:6379`,
    )
    .action((options, command) =>
      perform_(command, async (context) => {
        const { workerCommand } = await import('./commands/worker.ts');
        return withMetrics(options.metrics, context, (metered) => workerCommand(options, metered));
      }),
    );

  add(
    'board',
    'Shows the queues of runs on a Redis queue in a browser of this machine (Bull Board).',
  )
    .addOption(queue())
    .addOption(new Option('--port <p>', 'default: any free port').argParser(whole))
    .addHelpText(
      'after',
      `${SECRETS}\n\nPrints one JSON line: {"url": ..., "user": ..., "password": ...}. To look at, not to touch; no personal data.`,
    )
    .action((options, command) =>
      perform_(command, async (context) => {
        const { boardCommand } = await import('./commands/board.ts');
        return boardCommand(options, context);
      }),
    );

  add('status', 'Shows where a run is, while it goes on or after; of runs/, a line for each run.')
    .argument('<run-dir>', 'the directory of a run, or one that holds runs')
    .option('--json', 'prints one JSON object (docs/guide.md) instead of text')
    .option('--watch', 'looks again every two seconds, until the run ends')
    .addHelpText('after', '\nReads only: the run is not held up. No personal data is shown.')
    .action((path: string, options, command) =>
      perform_(command, async (context) => {
        const { statusCommand } = await import('./commands/status.ts');
        return statusCommand(path, options, context);
      }),
    );

  add('report', 'Writes the outputs of a run again, from its ledger.')
    .argument('<run-dir>', 'the directory of the run')
    .action((path: string, _options, command) =>
      perform_(command, async (context) => {
        const { reportCommand } = await import('./commands/report.ts');
        return reportCommand(path, context);
      }),
    );

  const audit = program
    .command('audit')
    .description('Proves that the audit trail of a run is whole; searches it.');
  add('verify', 'Names the first bad entry, if there is one (exit code 5).', audit)
    .argument('<run-dir>', 'the directory of the run, or the trail of a worker')
    .addHelpText('after', AUDIT_KEY)
    .action((path: string, _options, command) =>
      perform_(command, async (context) => {
        const { auditVerifyCommand } = await import('./commands/audit.ts');
        return auditVerifyCommand(path, context);
      }),
    );
  add(
    'query',
    'Prints a JSON line for each entry that is asked for. The query goes on record.',
    audit,
  )
    .argument('<run-dir>', 'the directory of the run, or the trail of a worker')
    .option(
      '--nhs-number <n>',
      'entries about this person; "-" reads the number from standard input',
    )
    .option('--user <id>', 'what this user did', short)
    .option('--message-id <id>', 'one message to the provider, and what came back', short)
    .option('--from <time>', 'at this time or later: 2026-11-26T19:00:00Z', short)
    .option('--to <time>', 'at this time or earlier', short)
    .addHelpText('after', AUDIT_KEY)
    .action((path: string, options, command) =>
      perform_(command, async (context) => {
        const { auditQueryCommand } = await import('./commands/audit.ts');
        return auditQueryCommand(path, options, context);
      }),
    );

  add('purge', 'Deletes runs past their retention, or one person; purged.jsonl has a record of it.')
    .argument('[run-dir]', 'this run, whatever its age; one person: from this run only')
    .option(
      '--older-than <days>',
      'runs that ended so long ago, such as 90d (default: as their jobs say)',
    )
    .option('--runs <dir>', 'the directory that holds the runs', 'runs')
    .option('--dry-run', 'shows what would be deleted')
    .option('--force', 'deletes runs that did not finish, too')
    .option('--reason <text>', 'for the record, in clear: nothing about any person', short)
    .option('--user <id>', 'who deletes (default: the user of the operating system)', short)
    .addOption(
      new Option(
        '--nhs-number <n>',
        'deletes this person from all runs; "-" reads it from standard input',
      ).conflicts(['olderThan', 'force']),
    )
    .addOption(
      new Option('--row <n>', 'deletes the person of this row of the run')
        .argParser(atLeastOne)
        .conflicts(['olderThan', 'force', 'nhsNumber']),
    )
    .option('--answers <file>', 'of one person: a store of earlier answers that no run names')
    .addHelpText('after', ONE_PERSON)
    .action((path: string | undefined, options, command) =>
      perform_(command, async (context) => {
        if (options.nhsNumber !== undefined || options.row !== undefined) {
          const { purgePersonCommand } = await import('./commands/purge-person.ts');
          return purgePersonCommand(path, options, context);
        }
        const { purgeCommand } = await import('./commands/purge.ts');
        return purgeCommand(path, options, context);
      }),
    );

  add('doctor', 'Tests certificate, provider, clock and queue, and says in words what to mend.')
    .option('--job <name or file>', JOB, DEFAULT_JOB)
    .addOption(endpoint())
    .addOption(queue())
    .option('--runs <dir>', 'the directory that is to hold the runs', 'runs')
    .option('--json', 'prints one JSON object (docs/deployment.md) instead of text')
    .addHelpText(
      'after',
      `${SECRETS}\n\nExit code 0: a run can begin; 2: something must be mended first.\nSends one HEAD request, which asks about nobody, twice: with the certificate and without.`,
    )
    .action((options, command) =>
      perform_(command, async (context) => {
        const { doctorCommand } = await import('./commands/doctor.ts');
        return doctorCommand(options, process.env, context);
      }),
    );

  add('keygen', 'Makes a key in a file that only you can read.')
    .argument('<file>', 'where to put it; must not exist')
    .option('--audit', 'the key of an auditor, and what runs need to write for it')
    .action((path: string, options, command) =>
      perform_(command, async (context) => {
        const { keygenCommand } = await import('./commands/keygen.ts');
        return keygenCommand(path, options, context);
      }),
    );

  add('explain', 'Tells the whole story of one row: read, mended, asked, answered, decided.')
    .argument('<run-dir>', 'the directory of the run')
    .addOption(
      new Option('--row <n>', 'the data row of the input, counted from 1 (trace_row)')
        .argParser(atLeastOne)
        .makeOptionMandatory(),
    )
    .action((path: string, options, command) =>
      perform_(command, async (context) => {
        const { explainCommand } = await import('./commands/explain.ts');
        return explainCommand(path, options, context);
      }),
    );

  add('demo', 'Traces the sample cohort against the simulator, over mutual TLS.')
    .option('--out <dir>', 'the run directory (default: runs/<run-id>)')
    .action((options, command) =>
      perform_(command, async (context) => {
        const { demoCommand } = await import('./commands/demo.ts');
        return demoCommand(options, context);
      }),
    );

  add('simulate', 'A Spine Mini Service Provider for development, tests and training.')
    .addOption(new Option('--port <p>', 'default: any free port').argParser(whole))
    .option('--host <name>', 'the address to listen on (default: 127.0.0.1)')
    .option('--population <file>', 'the people it knows (default: the sample population)')
    .option('--faults <file>', 'scripted faults, as YAML or JSON (see docs/simulator.md)')
    .option('--journal <file>', 'appends a JSON line for each request: time, operation, code')
    .addOption(new Option('--latency <ms>', 'how long each answer takes at least').argParser(whole))
    .option('--lenient', 'accepts requests that differ from the schemas as known clients do')
    .option(
      '--certificates <dir>',
      'speaks mutual TLS; makes the certificates and puts the client’s in this directory',
    )
    .option('--tls-cert <file>', 'speaks mutual TLS with this server certificate (PEM)')
    .option('--tls-key <file>', 'its key (PEM)')
    .option('--tls-client-ca <file>', 'the authority that client certificates must come from (PEM)')
    .addHelpText('after', '\nPrints one JSON line when it listens: {"url": ..., "pid": ...}')
    .action((options, command) =>
      perform_(command, async (context) => {
        const { simulateCommand } = await import('./commands/simulate.ts');
        return simulateCommand(options, context);
      }),
    );

  const synth = program
    .command('synth')
    .description('Makes invented people, and damaged cohorts drawn from them.');
  const addSynth = (name: string, summary: string): Command =>
    add(name, summary, synth)
      .option('--seed <text>', 'the same seed makes the same people, for ever', '1')
      .requiredOption('--out <file>', 'the CSV file to write')
      .option('--today <YYYY-MM-DD>', 'the day from which ages are reckoned (default: today)');
  addSynth('population', 'The people that a simulator knows.')
    .addOption(new Option('--count <n>', 'how many').argParser(whole).default(20_000))
    .action((options, command) =>
      perform_(command, async (context) => {
        const { synthPopulationCommand } = await import('./commands/synth.ts');
        return synthPopulationCommand(options, context);
      }),
    );
  addSynth(
    'cohort',
    'A cohort as people really hold them, and who they really are in a second file.',
  )
    .addOption(new Option('--count <n>', 'how many rows').argParser(whole).default(500))
    .requiredOption('--population <file>', 'the population to draw from')
    .addOption(
      new Option('--style <style>', 'what kind of file')
        .choices(['nightly', 'backfill', 'social-care'])
        .default('nightly'),
    )
    .option(
      '--truth <file>',
      'where to write who they really are (default: beside --out, .truth.csv)',
    )
    .action((options, command) =>
      perform_(command, async (context) => {
        const { synthCohortCommand } = await import('./commands/synth.ts');
        return synthCohortCommand(options, context);
      }),
    );
  return program;
}

async function main(): Promise<number> {
  const stopping = new AbortController();
  let stoppedAtMs = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      // npm hands on a Ctrl-C that the terminal has sent already: only a later one means "at once".
      if (!stopping.signal.aborted) stoppedAtMs = Date.now();
      else if (Date.now() - stoppedAtMs > IMPATIENT_MS) process.exit(EXIT.stopped);
      stopping.abort();
      setTimeout(() => process.exit(EXIT.stopped), STOP_AT_LATEST_MS).unref();
    });
  }
  let exitCode: number = EXIT.complete;
  const program = createProgram(async (run, level) => {
    const logger = createLogger(level ?? (process.stderr.isTTY ? 'warn' : 'info'));
    exitCode = await run({
      environment: () => readEnvironment(process.env),
      logger,
      notice: (text) =>
        process.stderr.isTTY
          ? process.stderr.write(`${printableLines(text)}\n`)
          : logger.info('notice', { reason: text }),
      version: packageVersion(),
      clock: systemClock,
      metrics: NO_METRICS,
      signal: stopping.signal,
      print: (text) => process.stdout.write(printableLines(text)),
      clear: () => process.stdout.write(CLEAR),
      isTerminal: process.stdout.isTTY === true,
      systemUser: userInfo().username,
    });
  });
  program.exitOverride();
  for (const command of [...program.commands, ...program.commands.flatMap((c) => c.commands)])
    command.exitOverride();
  try {
    refuseControlCharacters(process.argv.slice(2));
    await program.parseAsync();
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.complete : EXIT.usage;
    return tell(error);
  }
}

/** A file may be called anything; a line break in its name could pass for a line of ours. */
function refuseControlCharacters(args: readonly string[]): void {
  const at = args.findIndex((text) => /\p{Cc}/u.test(text));
  if (at === -1) return;
  throw new ConfigError(
    `argument ${at + 1} holds a control character, such as a line break. If it is the name of a file, rename that.`,
  );
}

/** Gives the exit code. */
function tell(error: unknown): number {
  process.stderr.write(printableLines(`nhs-trace: ${explainError(error)}\n`));
  return exitCodeOfError(error);
}

function packageVersion(): string {
  return String(createRequire(import.meta.url)('../../package.json').version);
}

// Node itself would print the error whole, and the line of the program that threw it.
process.on('uncaughtException', (error) => process.exit(tell(error)));

// Who reads our lines may leave early (`| head`); the run goes on, as its results do not hang on who listens.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await main();
