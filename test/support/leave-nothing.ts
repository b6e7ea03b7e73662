/** After each test file: no process that it started goes on, and no trail of a worker stays. */
import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { endProcesses, workerTrails } from './cli.ts';

afterAll(async () => {
  await endProcesses();
  rmSync(workerTrails, { recursive: true, force: true });
});
