/** The queue in a browser: only here, only with the password, only to look at, and nobody's data. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { expect, test } from 'vitest';
import { startBrowser } from '../support/browser.ts';
import { runCli, startCli, until, type Variables } from '../support/cli.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import { aCohort, aFolder, aPopulation } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { peopleIn } from './support/people-of-file.ts';

const folder = aFolder();

test('an embedded queue has no board', async () => {
  const ended = await runCli(['board']);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('--queue redis://');
});

redisTest('the board shows a run while it goes on, and nothing of its people', async () => {
  const [browser, redis] = await Promise.all([startBrowser(), startRedis()]);
  const variables: Variables = {
    NHS_TRACE_QUEUE_URL: redis.url,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
  };
  const population = await aPopulation(folder, 1000);
  const cohort = await aCohort(folder, population, 'nightly', 100);
  const simulator = await startSimulatorProcess({ folder, population });
  const board = startCli(['board'], variables);
  await board.says('"password"');
  const { url, user, password } = JSON.parse(board.stdout());
  expect(new URL(url).hostname).toBe('127.0.0.1');
  const get = (path: string, headers = {}, method = 'GET'): Promise<Response> =>
    fetch(new URL(path, url), {
      method,
      headers: { authorization: `Basic ${btoa(`${user}:${password}`)}`, ...headers },
    });
  const run = startCli(
    [
      ...['run', cohort.path, '--out', join(folder, 'run'), '--endpoint', simulator.url],
      ...['--rate', '10', '--run-id', 'seen-on-board'],
    ],
    variables,
  );
  const name = await until(async () => {
    const { queues } = JSON.parse(await (await get('/api/queues')).text());
    return queues.find((one: { description?: string }) => one.description === 'run seen-on-board')
      ?.name;
  });
  const seen = await (
    await get(`/api/queues?activeQueue=${encodeURIComponent(name)}&status=waiting`)
  ).text();
  const [queue] = JSON.parse(seen).queues;
  expect(queue.readOnlyMode).toBe(true);
  expect(queue.jobs[0].data).toBe('sealed');
  const item = queue.jobs[0].id;
  const path = `/api/queues/${encodeURIComponent(name)}`;
  const shown = [
    seen,
    await (await get(`${path}/${item}`)).text(),
    await (await get(`${path}/${item}/logs`)).text(),
  ].join();
  for (const { family_name, nhs_number } of peopleIn(population)) {
    expect(shown).not.toContain(family_name);
    expect(shown).not.toContain(nhs_number);
  }
  expect((await get('/')).status).toBe(200);
  await looksInABrowser(browser, url, { username: user, password }, name);
  expect((await get('/', { authorization: 'Basic AAAA' })).status).toBe(401);
  expect(await statusAs('attacker.example', url)).toBe(421);
  expect((await get(`${path}/pause`, {}, 'PUT')).status).toBe(405);

  expect((await run.ended).code).toBe(0);
  await until(async () => !(await (await get('/api/queues')).text()).includes('seen-on-board'));
  board.kill('SIGTERM');
  expect((await board.ended).code).toBe(0);
  await Promise.all([simulator.stop(), redis.stop()]);
});

/** What a page of another name that leads here would get. */
async function statusAs(host: string, url: string): Promise<number | undefined> {
  const request = httpGet(url, { headers: { host } });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

/** The page draws itself from here alone; no server elsewhere hears of it. */
async function looksInABrowser(
  browser: Browser | undefined,
  url: string,
  httpCredentials: { readonly username: string; readonly password: string },
  shown: string,
): Promise<void> {
  if (browser === undefined) return;
  const page = await (await browser.newContext({ httpCredentials })).newPage();
  const answered: string[] = [];
  page.on('requestfinished', (request) => answered.push(request.url()));
  const refused: string[] = [];
  page.on('console', (said) => refused.push(said.text()));
  await page.goto(url);
  await page.getByText(shown).first().waitFor();
  expect(answered.filter((one) => !one.startsWith(url))).toEqual([]);
  // Only its link to fonts: whatever else the policy refused would be missed.
  expect(refused.filter((one) => !one.includes('https://fonts.googleapis.com/'))).toEqual([]);
  expect(refused.join()).toContain('Content Security Policy');
  await browser.close();
}
