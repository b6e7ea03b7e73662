import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { LOG_LEVELS, type LogLevel } from '../../src/lib/logger.ts';

/** Logs at every level in a process of its own, which then ends at once. */
function logged(level: LogLevel): { stdout: string; lines: Record<string, unknown>[] } {
  const script = `
    const { createLogger } = await import(process.argv[1]);
    const log = createLogger(process.argv[2]);
    log.debug('a.debug');
    log.info('an.info', { runId: 'run-1', count: 3 });
    log.warn('a.warning', { code: 'timeout' });
    log.error('an.error', { error: 'ConfigError' });
    process.exit(0);`;
  const module = new URL('../../src/lib/logger.ts', import.meta.url).href;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, module, level],
    { encoding: 'utf8' },
  );
  const lines = stderr.split('\n').filter((line) => line !== '');
  return { stdout, lines: lines.map((line) => JSON.parse(line)) };
}

describe('the log', () => {
  it('is JSON lines on stderr, none lost when the process ends, nothing on stdout', () => {
    const { stdout, lines } = logged('debug');

    expect(stdout).toBe('');
    expect(lines.map(({ event }) => event)).toEqual([
      'a.debug',
      'an.info',
      'a.warning',
      'an.error',
    ]);
    expect(lines[1]).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      pid: expect.any(Number),
      runId: 'run-1',
      count: 3,
      event: 'an.info',
    });
  });

  it.each([
    ['warn', ['a.warning', 'an.error']],
    ['silent', []],
  ] as const)('at level %s', (level, events) => {
    expect(logged(level).lines.map(({ event }) => event)).toEqual(events);
  });
});

it('has levels that the command line can offer', () => {
  expect(LOG_LEVELS).toContain('info');
  expect(new Set(LOG_LEVELS).size).toBe(LOG_LEVELS.length);
});
