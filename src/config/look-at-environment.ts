/** For `doctor`: which variables are set and whether they can be read. Their values are shown nowhere. */
import { statSync } from 'node:fs';
import { type Check, checksOf } from '../domain/check-up.ts';
import { ConfigError } from '../errors.ts';
import { type Environment, readEnvironment, VARIABLES } from './load-env.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface EnvironmentLook {
  /** What could be read. */
  readonly environment: Environment;
  /** Whether the client's certificate is named there but could not be read. */
  readonly isIdentityUnread: boolean;
  readonly checks: readonly Check[];
}

const say = checksOf('environment');
const saySecrets = checksOf('secrets');

/** Read together, because they must fit together. */
const IDENTITY = [
  'NHS_TRACE_TLS_PFX',
  'NHS_TRACE_TLS_PASSPHRASE',
  'NHS_TRACE_TLS_CERT',
  'NHS_TRACE_TLS_KEY',
];

/** Every fault is told, not only the first. */
export function lookAtEnvironment(variables: Variables): EnvironmentLook {
  const others = VARIABLES.filter((name) => !isFile(name) && !IDENTITY.includes(name));
  const faults: Check[] = [];
  let environment: Environment = { tls: {} };
  let isIdentityUnread = false;
  for (const group of [IDENTITY, ...others.map((name) => [name])]) {
    try {
      const { tls, ...rest } = readEnvironment(only(variables, group));
      environment = { ...environment, ...rest, tls: { ...environment.tls, ...tls } };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(say.fault(error.message));
      isIdentityUnread ||= group === IDENTITY;
    }
  }
  const checks = [namesCheck(variables), ...strangers(variables), ...faults];
  return { environment, isIdentityUnread, checks: [...checks, ...secretFiles(variables)] };
}

function only(variables: Variables, names: readonly string[]): Variables {
  const wanted = names.flatMap((name) => [name, `${name}_FILE`]);
  return Object.fromEntries(wanted.map((name) => [name, variables[name]]));
}

function ours(variables: Variables): readonly string[] {
  return Object.keys(variables)
    .filter((name) => name.startsWith('NHS_TRACE_') && variables[name])
    .sort();
}

function isKnown(name: string): boolean {
  return VARIABLES.includes(name);
}

function isFile(name: string): boolean {
  return name.endsWith('_FILE');
}

function namesCheck(variables: Variables): Check {
  const known = ours(variables).filter(isKnown);
  return say.ok(known.length === 0 ? 'nothing is set' : `set: ${known.join(', ')}`);
}

function strangers(variables: Variables): readonly Check[] {
  return ours(variables)
    .filter((name) => !isKnown(name))
    .map((name) =>
      say.warning(
        `${name} is not a variable of this program`,
        'mend its spelling (nhs-trace run --help names them all), or take it away',
      ),
    );
}

/** Whether others on this machine may read what is secret. */
function secretFiles(variables: Variables): readonly Check[] {
  if (process.platform === 'win32') return [];
  const files = ours(variables).filter((name) => isKnown(name) && isSecretFile(name));
  const checks = files.flatMap((name) => modeCheck(name, variables[name] ?? ''));
  const open = checks.filter(({ state }) => state !== 'ok');
  if (checks.length === 0 || open.length > 0) return open;
  return [saySecrets.ok(`only their owner may read the files of ${files.join(', ')}`)];
}

function isSecretFile(name: string): boolean {
  return isFile(name) || name === 'NHS_TRACE_TLS_PFX' || name === 'NHS_TRACE_TLS_KEY';
}

function modeCheck(name: string, path: string): readonly Check[] {
  const mode = statSync(path, { throwIfNoEntry: false })?.mode;
  if (mode === undefined) return [];
  const mend = `chmod 600 ${path}`;
  if ((mode & 0o007) !== 0) {
    return [saySecrets.fault(`everybody on this machine may read the file of ${name}`, mend)];
  }
  if ((mode & 0o070) !== 0) {
    return [saySecrets.warning(`a group of users may read the file of ${name}`, mend)];
  }
  return [saySecrets.ok(name)];
}
