import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import {
  createRunFolder,
  discardRunFolder,
  embeddedQueueKey,
  lockPurges,
  lockRun,
  openRunFolder,
  type RunFolder,
  removeEmbeddedQueue,
} from '../../src/run-store/run-folder.ts';

let root = '';
const children: ChildProcess[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'run-folder-'));
});

afterEach(async () => {
  await Promise.all(children.splice(0).map(end));
  await rm(root, { recursive: true });
});

const modeOf = (path: string) => statSync(path).mode & 0o777;

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Another process that takes the lock of `folder`; resolves with what it says. */
async function otherProcess(folder: RunFolder): Promise<{ child: ChildProcess; said: string }> {
  const script = `
    const { lockRun, openRunFolder } = await import(process.argv[1]);
    try {
      // A lock that nobody holds on to goes with the next garbage collection.
      globalThis.lock = lockRun(openRunFolder(process.argv[2]));
      console.log('locked');
    } catch (error) {
      console.log(error.name + ': ' + error.message);
    }
    setInterval(() => {}, 1000);`;
  const module = new URL('../../src/run-store/run-folder.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--input-type=module', '-e', script, module, folder.path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
  return { child, said: String(said).trim() };
}

function aRun(): RunFolder {
  const folder = createRunFolder(join(root, 'run'));
  writeFileSync(folder.ledger, '');
  return folder;
}

describe('a new run', () => {
  it('gets a folder of its own, parents included, for its owner alone', () => {
    const folder = createRunFolder(join(root, 'runs', 'run-1'));

    expect(folder).toEqual({
      path: resolve(root, 'runs', 'run-1'),
      isNew: true,
      ledger: resolve(root, 'runs', 'run-1', 'ledger.sqlite'),
      matched: resolve(root, 'runs', 'run-1', 'matched.csv'),
      exceptions: resolve(root, 'runs', 'run-1', 'exceptions.csv'),
      workbook: resolve(root, 'runs', 'run-1', 'exceptions.xlsx'),
      summary: resolve(root, 'runs', 'run-1', 'summary.json'),
      report: resolve(root, 'runs', 'run-1', 'report.html'),
      corrections: resolve(root, 'runs', 'run-1', 'corrections.csv'),
      audit: resolve(root, 'runs', 'run-1', 'audit.jsonl'),
      auditReads: resolve(root, 'runs', 'run-1', 'audit-reads.jsonl'),
      auditKey: resolve(root, 'runs', 'run-1', 'audit.key'),
      details: resolve(root, 'runs', 'run-1', 'details.csv'),
      dbsCodes: resolve(root, 'runs', 'run-1', 'dbs-codes.csv'),
      queue: resolve(root, 'runs', 'run-1', 'queue'),
    });
    expect(modeOf(folder.path)).toBe(0o700);
  });

  it('may take an empty folder, which becomes its owner’s alone', () => {
    const path = join(root, 'empty');
    mkdirSync(path);
    chmodSync(path, 0o755);

    expect(modeOf(createRunFolder(path).path)).toBe(0o700);
  });

  it('does not take one that holds anything', () => {
    writeFileSync(join(root, '.hidden'), '');

    expect(() => createRunFolder(root)).toThrow(ConfigError);
    expect(() => createRunFolder(root)).toThrow(`nhs-trace resume ${root}`);
  });

  it('does not take the place of a file', () => {
    const path = join(root, 'file');
    writeFileSync(path, 'x');

    expect(() => createRunFolder(path)).toThrow(ConfigError);
  });

  it('says so when the folder cannot be made', () => {
    writeFileSync(join(root, 'file'), 'x');

    expect(() => createRunFolder(join(root, 'file', 'run'))).toThrow(ConfigError);
    expect(() => createRunFolder(join(root, 'file', 'run'))).toThrow('cannot be made');
  });

  it('is not made through a link, nor where anybody may put another in its place', () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere, { mode: 0o755 });
    chmodSync(elsewhere, 0o755);
    symlinkSync(elsewhere, join(root, 'link'));
    symlinkSync(join(root, 'nowhere'), join(root, 'dangling'));
    for (const name of ['link', 'link/', 'dangling'])
      expect(() => createRunFolder(`${root}/${name}`)).toThrow(/is a link/);
    expect(statSync(elsewhere).mode & 0o777).toBe(0o755);
    expect(existsSync(join(root, 'nowhere'))).toBe(false);

    chmodSync(elsewhere, 0o777);
    for (const name of ['run', 'more/run'])
      expect(() => createRunFolder(join(elsewhere, name))).toThrow(
        `anybody may rename what stands in ${elsewhere}`,
      );
    chmodSync(elsewhere, 0o1777);
    expect(statSync(createRunFolder(join(elsewhere, 'run')).path).mode & 0o777).toBe(0o700);
  });

  it('that sent nothing leaves nothing behind, so that it can be begun again', async () => {
    const folder = aRun();
    await embeddedQueueKey(folder);

    discardRunFolder(folder);

    expect(existsSync(folder.path)).toBe(false);
    expect(createRunFolder(folder.path)).toEqual(folder);
  });

  it('that sent nothing leaves a folder that was there before, empty', async () => {
    const path = join(root, 'mine');
    mkdirSync(path);
    const folder = createRunFolder(path);
    await embeddedQueueKey(folder);

    discardRunFolder(folder);

    expect(readdirSync(path)).toEqual([]);
  });
});

describe('a run that exists', () => {
  it('is opened', () => {
    const folder = aRun();

    expect(openRunFolder(folder.path)).toEqual({ ...folder, isNew: false });
  });

  it.each(['absent', '.'])('is none without a ledger: %s', (name) => {
    expect(() => openRunFolder(join(root, name))).toThrow(ConfigError);
    expect(() => openRunFolder(join(root, name))).toThrow('is not a run directory');
  });

  it('is refused when others can read it, with the mend', () => {
    const folder = aRun();
    chmodSync(folder.path, 0o750);
    expect(() => openRunFolder(folder.path)).toThrow(`chmod 700 ${folder.path}`);
    chmodSync(folder.path, 0o700);
    expect(openRunFolder(folder.path).path).toBe(folder.path);
  });
});

describe('a run with links in it', () => {
  it.each([
    ...['matched.csv', 'exceptions.csv', 'report.html', 'summary.json', 'audit.jsonl', 'audit.key'],
    ...['lock.sqlite', 'ledger.sqlite-wal', 'queue', 'queue/key'],
  ])('is refused, and what they lead to is left alone: %s', (name) => {
    const { path, ledger, queue } = createRunFolder(join(root, 'run'));
    writeFileSync(ledger, '');
    if (name.startsWith('queue/')) mkdirSync(queue);
    writeFileSync(join(root, 'mine'), 'mine');
    chmodSync(join(root, 'mine'), 0o644);
    symlinkSync(join(root, 'mine'), join(path, name));

    expect(() => openRunFolder(path)).toThrow(`${name} is a link`);
    expect(statSync(join(root, 'mine')).mode & 0o777).toBe(0o644);
  });
});

it.each(['summary.json', 'ledger.sqlite', 'audit.jsonl'])(
  'a pipe in a run directory, which would be waited for, is refused: %s',
  (name) => {
    const { path, ledger } = createRunFolder(join(root, 'run'));
    if (name !== 'ledger.sqlite') writeFileSync(ledger, '');
    execFileSync('mkfifo', [join(path, name)]);

    expect(() => openRunFolder(path)).toThrow(`${name} is neither a file nor a directory`);
  },
);

describe('the lock', () => {
  it('keeps a second holder out until it is released', () => {
    const folder = aRun();
    const lock = lockRun(folder);

    expect(modeOf(join(folder.path, 'lock.sqlite'))).toBe(0o600);
    expect(() => lockRun(folder)).toThrow(ConfigError);
    expect(() => lockRun(folder)).toThrow(`another process is working on ${folder.path}`);

    lock.release();
    lockRun(folder).release();
  });

  it.runIf(process.platform !== 'win32')(
    'is not made through a link that somebody put there',
    () => {
      const { path } = aRun();
      const other = join(path, '..', 'another-file');
      writeFileSync(other, 'mine', { mode: 0o644 });
      symlinkSync(other, join(path, 'purged.lock.sqlite'));

      expect(() => lockPurges(path)).toThrow(/is a link, which may lead anywhere/);
      expect(modeOf(other)).toBe(0o644);
    },
  );

  it('keeps another process out', async () => {
    const folder = aRun();
    const lock = lockRun(folder);

    const { said } = await otherProcess(folder);

    expect(said).toContain('ConfigError: another process is working on');
    lock.release();
  });

  it('of another process keeps this one out, and goes when that one is killed', async () => {
    const folder = aRun();
    const { child, said } = await otherProcess(folder);
    expect(said).toBe('locked');
    expect(() => lockRun(folder)).toThrow(ConfigError);

    await end(child);

    lockRun(folder).release();
  });

  it('of one run does not touch another', () => {
    const lock = lockRun(aRun());
    const other = createRunFolder(join(root, 'other'));

    lockRun(other).release();
    lock.release();
  });
});

describe('the embedded queue', () => {
  it('has a key of its own, made once, for its owner alone, gone with it', async () => {
    const folder = aRun();

    const key = await embeddedQueueKey(folder);

    expect(key).toHaveLength(32);
    expect(await embeddedQueueKey(folder)).toEqual(key);
    expect(modeOf(folder.queue)).toBe(0o700);
    expect(modeOf(join(folder.queue, 'key'))).toBe(0o600);
    removeEmbeddedQueue(folder);
    removeEmbeddedQueue(folder);
    expect(existsSync(folder.queue)).toBe(false);
    expect(await embeddedQueueKey(folder)).not.toEqual(key);
  });
});
