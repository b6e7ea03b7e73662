/** `npm run chaos` in short: some twenty kills and faults. How soon others take over is for the long one. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawPlan } from '../chaos/draw-plan.ts';
import type { QueueKind } from '../chaos/events.ts';
import { failuresOf } from '../chaos/failures.ts';
import { playRun } from '../chaos/play-run.ts';
import { type Scene, setScene } from '../chaos/scene.ts';
import { redisTest } from '../support/redis-server.ts';
import { aFolder } from '../support/runs.ts';

const SEED = 'short';
const ROWS = 400;
const PATIENCE_MS = 300_000;

const folder = aFolder();
let scene: Scene;

beforeAll(async () => {
  scene = await setScene(join(folder, 'scene'), { seed: SEED, rows: ROWS, queueUrl: 'embedded' });
});

const WITHOUT_HARM = 'nothing is lost, nothing differs, nothing is asked again without need';

describe.concurrent('a run that is disturbed again and again', () => {
  test(`embedded: ${WITHOUT_HARM}`, () => expectNoHarm('embedded', 8), PATIENCE_MS);
  redisTest(`Redis: ${WITHOUT_HARM}`, () => expectNoHarm('redis', 12), PATIENCE_MS);
});

async function expectNoHarm(queue: QueueKind, events: number): Promise<void> {
  const plan = drawPlan({
    ...{ seed: SEED, number: 1, queue, requests: scene.requests },
    ...{ events: [events, events] as const, workSeconds: 25, longestMs: 4000 },
  });
  const result = await playRun(plan, scene);
  expect(failuresOf({ ...result, gapsMs: [] })).toEqual([]);
  expect(result.played.length).toBeGreaterThan(events / 2);
}
