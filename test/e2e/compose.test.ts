/** The services of docker-compose.yml as processes of this machine: their commands and settings work together. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse } from 'yaml';
import { runCli, startCli, until, type Variables } from '../support/cli.ts';
import { freePort, redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, readOutputs } from '../support/runs.ts';

interface Service {
  readonly command: string;
  readonly environment: Variables;
}

const WORKERS = 3;
const folder = aFolder();

redisTest(
  'Redis, the simulator, three workers and a run, as the compose file has them',
  async () => {
    const text = readFileSync('docker-compose.yml', 'utf8');
    const services = parse(text, { merge: true }).services as Readonly<Record<string, Service>>;
    const redis = await startRedis(services['redis']?.command.split(' ').slice(1));
    const certificates = join(folder, 'certificates');
    mkdirSync(certificates);
    const out = join(folder, 'run');
    const port = await freePort();
    /** What other machines are there is here. */
    const here = (told: string): string =>
      told
        .replace(/\$\{NHS_TRACE_KEY:.*\}/, key)
        .replace('redis://redis:6379', redis.url)
        .replaceAll('/certificates', certificates)
        .replace('https://simulator:8443', `https://127.0.0.1:${port}`)
        .replace('--host simulator --port 8443', `--host 127.0.0.1 --port ${port}`)
        .replace('--out runs/compose', `--out ${out}`);
    const of = (name: string): [string[], Variables] => {
      const { command = '', environment = {} } = services[name] ?? {};
      const [, words = ''] = /^npm run -s nhs-trace -- (.*)$/.exec(command.trim()) ?? [];
      const variables = Object.entries(environment).map(([key_, value]) => [key_, here(value)]);
      return [here(words).split(' '), Object.fromEntries(variables)];
    };

    const simulator = startCli(...of('simulator'));
    await until(() => existsSync(join(certificates, 'client.pfx')));
    const workers = Array.from({ length: WORKERS }, () => startCli(...of('worker')));
    const ended = await runCli(...of('run'));
    for (const one of [...workers, simulator]) one.kill('SIGTERM');
    const ends = await Promise.all([...workers, simulator].map((one) => one.ended));
    await redis.stop();

    expect(ended).toMatchObject({ code: 0 });
    expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    for (const worker of workers) expect(worker.stderr()).toContain('worker.joined');
    expect(readOutputs(out).matched.length).toBeGreaterThan(400);
  },
);

const key = randomBytes(32).toString('base64');
