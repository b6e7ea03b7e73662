/** Chromium without a window, where one is on the PATH or CHROME_PATH names it. */
import { spawnSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';
import { test } from 'vitest';

const NAMES = [process.env['CHROME_PATH'] ?? '', 'chromium', 'chromium-browser', 'google-chrome'];

const found = NAMES.find(
  (name) => name !== '' && spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
);

let skipped = 0;

/** A test that needs a browser. Without one it is skipped, and one line says why. */
export function browserTest(name: string, run: () => Promise<void>, timeoutMs?: number): void {
  if (found === undefined && skipped === 0) setImmediate(sayWhy);
  if (found === undefined) skipped += 1;
  test.runIf(found !== undefined)(name, run, timeoutMs);
}

function sayWhy(): void {
  process.stderr.write(
    `chromium is not on the PATH, and CHROME_PATH does not name it: ${skipped} browser tests skipped\n`,
  );
}

/** Undefined where there is none. Inside a container root has no sandbox to give. */
export async function startBrowser(): Promise<Browser | undefined> {
  if (found === undefined) return undefined;
  return chromium.launch({ executablePath: whichOf(found), args: ['--no-sandbox'] });
}

/** Playwright wants a path, not a name. */
function whichOf(name: string): string {
  const which = spawnSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' });
  return which.stdout.trim() || name;
}
