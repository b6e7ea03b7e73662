/** A disk that is full for one process: none of its files may grow beyond a size. */
import { spawnSync } from 'node:child_process';

/** Whether this machine can do that. */
export const canFillDisk = spawnSync('prlimit', ['--version']).status === 0;

/** Only the soft limit, so that it can be lifted again with `unlimited`. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}
