/** The audit trail of a run, written by one process at a time. It cannot be switched off (MSCA-AUD-01). */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AuditEvent, AuditHead, AuditLog } from '../domain/audit.ts';
import { ConfigError } from '../errors.ts';
import { createGroupCommit } from '../lib/group-commit.ts';
import { entryText, MAX_LINE_BYTES, readLine, sealedLine, type Writer } from './audit-entry.ts';
import { keysOf, newRoot, type StretchKeys, wrapRoot } from './audit-keys.ts';

export interface AuditTrail extends AuditLog {
  /** How far it came. */
  head(): AuditHead;
  close(): Promise<void>;
}

export interface AuditTrailOptions {
  readonly path: string;
  readonly writer: Writer;
  /** Of the auditor, who alone can read and verify the trail: an age recipient. */
  readonly recipient: string;
  readonly now: () => Date;
  /** Version of the program and name of the machine; stands in `trail.opened`. */
  readonly system: unknown;
  /** How far the ledger knows it to have come; absent when nothing is known of it. */
  readonly known?: AuditHead | undefined;
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_RDWR } = constants;

/**
 * Opens or begins the file, mode 0600, and writes `trail.opened`. A line that a killed process left half-written is
 * cut off, which the entry tells: it was never durable, so nothing had left for the provider. Throws ConfigError when
 * the file ends before what is known of it: whoever went on there would make a cut trail look whole.
 */
export async function openAuditTrail(options: AuditTrailOptions): Promise<AuditTrail> {
  const { writer, recipient, now, system } = options;
  const root = newRoot();
  const wrapped = await wrapRoot(root, recipient);
  const keys = keysOf(root);
  const file = await openFile(options.path);
  const end = await readEnd(file);
  if (!reaches(end, options.known)) {
    await file.close();
    throw new ConfigError(
      `${options.path} was cut or changed: it ends with entry ${end.sequence}, and ${options.known?.sequence} were written. Nothing is done without it. Put back a copy; audit verify tells where it is not whole.`,
    );
  }
  const state = { sequence: end.sequence, seal: end.seal };
  let durable = { ...state };
  let failure: unknown;
  const line = (event: AuditEvent, wrappedRoot?: string): string => {
    const sequence = state.sequence + 1;
    const text = entryText({ sequence, at: now().toISOString() }, writer, event, keys, wrappedRoot);
    const seal = keys.sealOf(state.seal, text);
    Object.assign(state, { sequence, seal });
    return `${sealedLine(text, seal)}\n`;
  };
  /** All of them or none: one that cannot be written must leave no gap. */
  const lines = (events: readonly AuditEvent[]): string => {
    const before = { ...state };
    try {
      return events.map((event) => line(event)).join('');
    } catch (error) {
      Object.assign(state, before);
      throw error;
    }
  };
  const write = async (text: string): Promise<void> => {
    if (failure !== undefined) throw failure;
    try {
      await file.appendFile(text);
      await file.datasync();
      durable = { ...state };
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const detail = { system, auditor: recipient, cut_bytes: end.cutBytes };
  await write(line({ event: 'trail.opened', detail }, wrapped));
  const commit = createGroupCommit<readonly AuditEvent[]>((groups) => write(lines(groups.flat())));
  return {
    add: (event) => commit.add([event]),
    addAll: (events) => commit.add(events),
    head: () => headOf(durable, keys),
    close: () => file.close(),
  };
}

/** Throws ConfigError when the path leads elsewhere: a link could have the trail written where nobody looks. */
async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_RDWR, 0o600);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOOP')
      throw new ConfigError(`${path} is a link. The audit trail must be a file of its own.`, {
        cause,
      });
    throw cause;
  }
}

function headOf({ sequence, seal }: Omit<AuditHead, 'proof'>, keys: StretchKeys): AuditHead {
  return { sequence, seal, proof: keys.proofOf(sequence, seal) };
}

function reaches(end: Pick<AuditHead, 'sequence' | 'seal'>, known: AuditHead | undefined): boolean {
  if (known === undefined || end.sequence > known.sequence) return true;
  return end.sequence === known.sequence && end.seal === known.seal;
}

/** Where the file ends, after a half-written line was cut off. */
async function readEnd(
  file: FileHandle,
): Promise<{ readonly sequence: number; readonly seal: string; readonly cutBytes: number }> {
  await file.chmod(0o600);
  const { size } = await file.stat();
  const from = Math.max(0, size - MAX_LINE_BYTES);
  const tail = Buffer.alloc(size - from);
  await file.read(tail, 0, tail.length, from);
  const whole = tail.subarray(0, tail.lastIndexOf('\n') + 1);
  const cutBytes = tail.length - whole.length;
  if (cutBytes > 0) await file.truncate(from + whole.length);
  const last = whole.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
  const entry = readLine(last)?.entry;
  return { sequence: entry?.sequence ?? 0, seal: entry?.seal ?? '', cutBytes };
}
