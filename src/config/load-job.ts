/** Finds a job by name or path and reads it; every fault is told at once, with its line. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../errors.ts';
import { type Job, jobSchema } from './job.ts';

const SHIPPED = new URL('../../jobs/', import.meta.url);

/** The jobs that come with the program. */
export const SHIPPED_JOBS = [
  'nightly-data-quality',
  'cohort-backfill',
  'social-care-matching',
] as const;

/** YAML of many keys takes long to read. */
const MAX_BYTES = 64 * 1024;

/** What `run` and `check` do when no job is named. */
export const DEFAULT_JOB = 'nightly-data-quality';

/** `nameOrPath`: a shipped job's name, or a path to a YAML file. Throws ConfigError. */
export function loadJob(nameOrPath: string): Job {
  const path = SHIPPED_JOBS.some((name) => name === nameOrPath)
    ? fileURLToPath(new URL(`${nameOrPath}.yaml`, SHIPPED))
    : nameOrPath;
  if (!existsSync(path)) {
    throw new ConfigError(
      `there is no job file "${nameOrPath}". Give a path to a YAML file, or one of: ${SHIPPED_JOBS.join(', ')}.`,
    );
  }
  try {
    if (statSync(path).size > MAX_BYTES)
      throw new ConfigError(
        `${nameOrPath} is no job file: those are shorter than ${MAX_BYTES / 1024} kB.`,
      );
    return parseJob(readFileSync(path, 'utf8'), nameOrPath);
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    throw new ConfigError(`the job file ${nameOrPath} cannot be read.`, { cause });
  }
}

/** Reads the text of a job file; `path` is for the messages. Throws ConfigError with every fault. */
export function parseJob(text: string, path: string): Job {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw faults(
      path,
      document.errors.map(
        (error) => `line ${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`,
      ),
    );
  }
  const parsed = jobSchema.safeParse(aliasesResolved(document, path));
  if (parsed.success) return parsed.data;
  const lineOf = (keys: readonly PropertyKey[]): number => {
    for (let depth = keys.length; depth > 0; depth -= 1) {
      const parent =
        depth === 1 ? document.contents : document.getIn(keys.slice(0, depth - 1), true);
      const range = rangeOfKey(parent, keys[depth - 1]);
      if (range !== undefined) return lines.linePos(range).line;
    }
    return 1;
  };
  throw faults(
    path,
    parsed.error.issues.map((issue) => `line ${lineOf(pathOf(issue))}: ${describe(issue)}`),
  );
}

/** A job that was stored with a run. Throws ConfigError when this version no longer understands it. */
export function parseJobValue(value: unknown): Job {
  const parsed = jobSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw faults('of this run', parsed.error.issues.map(describe));
}

function faults(path: string, messages: readonly string[]): ConfigError {
  return new ConfigError(
    `the job file ${path} cannot be used:\n${messages.map((m) => `  ${m}`).join('\n')}`,
  );
}

function pathOf(issue: z.core.$ZodIssue): PropertyKey[] {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return [...issue.path, ...unknown];
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return `unknown key ${issue.keys.join(', ')}${where === '' ? '' : ` in ${where}`}; see jobs/README.md`;
  }
  return `${where === '' ? 'the file' : where}: ${issue.message}`;
}

/** Throws ConfigError when an alias leads nowhere, or too far. */
function aliasesResolved(document: ReturnType<typeof parseDocument>, path: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new ConfigError(
      `the job file ${path} cannot be used: an alias (*name) in it leads nowhere, or stands for far too much.`,
      { cause },
    );
  }
}

/** Where a key of a map, or an item of a list, stands in the text. */
function rangeOfKey(parent: unknown, key: PropertyKey | undefined): number | undefined {
  if (isSeq(parent)) {
    const item = parent.items[Number(key)];
    return isNode(item) ? item.range?.[0] : undefined;
  }
  if (!isMap(parent)) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
