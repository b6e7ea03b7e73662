/** The administrator may write whatever the mode of a file says; a program that he starts need not. */
import { spawnSync } from 'node:child_process';

const NO_RIGHTS = ['--inh-caps=-all', '--bounding-set=-all', '--'];
const isAdministrator = process.getuid?.() === 0;

/** Whether file modes count here for what `heedingModes` starts. */
export const modesCount =
  process.platform !== 'win32' &&
  (!isAdministrator || spawnSync('setpriv', [...NO_RIGHTS, 'true']).status === 0);

/** The command that starts `command` with the rights that file modes give. */
export function heedingModes(command: readonly string[]): readonly [string, ...string[]] {
  const [first = '', ...rest] = isAdministrator ? ['setpriv', ...NO_RIGHTS, ...command] : command;
  return [first, ...rest];
}
