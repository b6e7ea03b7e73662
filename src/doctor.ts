/** Looks at everything that a run needs, and says in words what to mend. Nothing about a person is sent. */
import { newRoot, recipientOf, wrapRoot } from './audit/audit-keys.ts';
import { type Job, reuseMs } from './config/job.ts';
import type { Environment } from './config/load-env.ts';
import { loadJob, parseJobValue } from './config/load-job.ts';
import { lookAtEnvironment } from './config/look-at-environment.ts';
import { parseEndpoint, parseQueue, type QueueChoice } from './config/settings.ts';
import { type Check, checksOf, type Say } from './domain/check-up.ts';
import { ConfigError } from './errors.ts';
import { printable } from './lib/printable.ts';
import { lookAtRedis } from './queue/look-at-redis.ts';
import { lookAtRuns } from './run-store/look-at-runs.ts';
import { lookAtIdentity } from './trace/smsp/look-at-identity.ts';
import { lookAtServer } from './trace/smsp/look-at-server.ts';
import { lookAtTrust } from './trace/smsp/look-at-trust.ts';

export interface DoctorOptions {
  /** A shipped job's name, or a path. */
  readonly job: string;
  readonly endpoint?: string;
  readonly queue?: string;
  /** The directory that holds the runs. */
  readonly runs: string;
}

/** The provider is given so long for each step, or the job's time-out when that is shorter. */
const LONGEST_STEP_MS = 10_000;

/** Every check, in the order in which mending goes best. Throws nothing that a setting causes. */
export async function examine(
  variables: Readonly<Record<string, string | undefined>>,
  options: DoctorOptions,
  now: () => Date,
): Promise<readonly Check[]> {
  const { job, check } = jobOf(options.job);
  const { environment, isIdentityUnread, checks } = lookAtEnvironment(variables);
  const at = now();
  const found = [
    check,
    ...checks,
    ...(isIdentityUnread
      ? [checksOf('certificate').notLookedAt('its variables must be mended first')]
      : await lookAtIdentity(environment.tls, at)),
    ...lookAtTrust(environment.tls, at),
    ...(await providerChecks(options.endpoint ?? environment.endpoint, job, environment, now)),
    ...(await queueChecks(options.queue ?? environment.queueUrl ?? 'embedded', environment)),
    keyCheck(job, environment),
    ...(await auditChecks(environment)),
    ...lookAtRuns(options.runs),
  ];
  return found.map(shown);
}

/** Names in certificates, paths and job files may hold anything. */
function shown({ state, area, what, mend }: Check): Check {
  return {
    ...{ state, area, what: printable(what) },
    ...(mend === undefined ? {} : { mend: printable(mend) }),
  };
}

/** A job that cannot be read leaves the defaults to go on with. */
function jobOf(nameOrPath: string): { readonly job: Job; readonly check: Check } {
  const say = checksOf('job');
  try {
    const job = loadJob(nameOrPath);
    return { job, check: say.ok(`${job.name} can be read, and everything in it is understood`) };
  } catch (error) {
    return { job: parseJobValue({ name: 'doctor' }), check: faultFrom(error, say) };
  }
}

async function providerChecks(
  text: string | undefined,
  job: Job,
  { tls }: Environment,
  now: () => Date,
): Promise<readonly Check[]> {
  const say = checksOf('endpoint');
  if (text === undefined) {
    return [
      say.fault('none is given', 'set NHS_TRACE_ENDPOINT, or give --endpoint'),
      checksOf('server').notLookedAt('without an endpoint'),
    ];
  }
  try {
    const endpoint = parseEndpoint(text);
    const isPlain = endpoint.protocol === 'http:';
    return [
      say.ok(
        `${endpoint.href}${isPlain ? ': plain http, which is for a simulator on this machine' : ''}`,
      ),
      ...(await lookAtServer({
        ...{ endpoint, tls, now },
        timeoutMs: Math.min(LONGEST_STEP_MS, job.timeout_seconds * 1_000),
        lifetimeSeconds: job.provider.message_lifetime_seconds,
      })),
    ];
  } catch (error) {
    return [faultFrom(error, say), checksOf('server').notLookedAt('the endpoint is wrong')];
  }
}

async function queueChecks(text: string, environment: Environment): Promise<readonly Check[]> {
  const say = checksOf('queue');
  let queue: QueueChoice;
  try {
    queue = parseQueue(text, environment);
  } catch (error) {
    return [faultFrom(error, say)];
  }
  if (queue.kind === 'redis') return lookAtRedis(queue);
  return [say.ok('embedded: it is kept with each run, and serves one machine')];
}

function keyCheck(job: Job, { key }: Environment): Check {
  const say = checksOf('key');
  if (key !== undefined) return say.ok(`NHS_TRACE_KEY is ${key.length} bytes`);
  if (reuseMs(job) === undefined) {
    return say.ok('NHS_TRACE_KEY is not set, and with this job and queue none is needed');
  }
  return say.warning(
    'NHS_TRACE_KEY is not set, so the job cannot keep answers (reuse_answers_for): everybody is asked about in every run',
    'make one (nhs-trace keygen FILE) and set NHS_TRACE_KEY_FILE',
  );
}

async function auditChecks({
  auditRecipient,
  auditIdentity,
}: Environment): Promise<readonly Check[]> {
  const say = checksOf('audit');
  const checks: Check[] = [];
  try {
    if (auditRecipient === undefined) {
      checks.push(
        say.ok(
          'NHS_TRACE_AUDIT_RECIPIENT is not set: whoever may read a run may read its audit trail (docs/audit.md tells how to keep the two apart)',
        ),
      );
    } else {
      await wrapRoot(newRoot(), auditRecipient);
      checks.push(
        say.ok('audit trails are written for the auditor of NHS_TRACE_AUDIT_RECIPIENT alone'),
      );
    }
    if (auditIdentity !== undefined) {
      await recipientOf(auditIdentity);
      checks.push(
        say.warning(
          "the auditor's key, NHS_TRACE_AUDIT_KEY, is set where runs are made",
          'keep it with the auditor: only audit verify and audit query need it',
        ),
      );
    }
    return checks;
  } catch (error) {
    return [...checks, faultFrom(error, say)];
  }
}

/** Throws what is no fault of the settings. */
function faultFrom(error: unknown, say: Say): Check {
  if (error instanceof ConfigError) return say.fault(error.message);
  throw error;
}
