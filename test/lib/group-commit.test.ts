import { expect, test } from 'vitest';
import { createGroupCommit } from '../../src/lib/group-commit.ts';

test('keeps what comes at once in one write, and what comes meanwhile in the next', async () => {
  const writes: (readonly number[])[] = [];
  let finish = (): void => undefined;
  const commit = createGroupCommit<number>((entries) => {
    writes.push(entries);
    return new Promise<void>((resolve) => {
      finish = resolve;
    });
  });

  const first = [commit.add(1), commit.add(2)];
  await new Promise((resolve) => setTimeout(resolve, 5));
  const second = [commit.add(3), commit.add(4)];
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(writes).toEqual([[1, 2]]);
  finish();
  await Promise.all(first);
  await new Promise((resolve) => setTimeout(resolve, 5));
  finish();
  await Promise.all(second);

  expect(writes).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('fails for those whose write failed, and for nobody else', async () => {
  let isBroken = true;
  const commit = createGroupCommit<number>(async () => {
    if (isBroken) throw new Error('full');
  });

  await expect(Promise.all([commit.add(1), commit.add(2)])).rejects.toThrow();
  isBroken = false;
  await expect(commit.add(3)).resolves.toBeUndefined();
});
