/** Reads a trail and proves it, entry by entry. */
import type { AuditHead } from '../domain/audit.ts';
import { type AuditEntry, readLine } from './audit-entry.ts';
import { keysOf, type StretchKeys, unwrapRoot } from './audit-keys.ts';
import { readLines } from './read-lines.ts';

/** Why the trail is not whole: the first bad entry. */
export interface AuditFault {
  /** 1-based; one more than there are, when the trail was cut. */
  readonly line: number;
  readonly reason: string;
}

export interface ProvenEntry {
  readonly entry: AuditEntry;
  readonly keys: StretchKeys;
}

/**
 * Yields every entry up to the first bad one; then the fault, if there is one, is returned. `head`: how far the trail
 * is known to have come; what was written after it by a process that was killed may be cut in the middle of a line.
 */
export async function* readTrail(
  path: string,
  identity: string,
  head: AuditHead | undefined,
): AsyncGenerator<ProvenEntry, AuditFault | undefined> {
  const soFar: SoFar = { sequence: 0, seal: '', keys: undefined };
  for await (const { text, isWhole } of readLines(path)) {
    if (!isWhole) break;
    const proven = await prove(text, soFar, identity, head);
    if (typeof proven === 'string') return { line: soFar.sequence + 1, reason: proven };
    const { sequence, seal } = proven.entry;
    Object.assign(soFar, { sequence, seal, keys: proven.keys });
    yield proven;
  }
  if (soFar.sequence >= (head?.sequence ?? 1)) return undefined;
  const known = head === undefined ? 'it is empty' : `the ledger knows of ${head.sequence} entries`;
  return { line: soFar.sequence + 1, reason: `the trail ends before it: ${known}` };
}

/** What a trail says of itself at its beginning, without proof: for whom it was written, and by whom. */
export async function firstEntry(
  path: string,
): Promise<{ readonly entry: AuditEntry; readonly auditor: string | undefined } | undefined> {
  for await (const { text } of readLines(path)) {
    const entry = readLine(text)?.entry;
    const { auditor } = (entry?.detail ?? {}) as { readonly auditor?: unknown };
    return entry && { entry, auditor: typeof auditor === 'string' ? auditor : undefined };
  }
  return undefined;
}

/** Each entry is on the line of its number. */
interface SoFar {
  readonly sequence: number;
  readonly seal: string;
  readonly keys: StretchKeys | undefined;
}

/** The entry, or what is wrong with it. */
async function prove(
  text: string,
  soFar: SoFar,
  identity: string,
  head: AuditHead | undefined,
): Promise<ProvenEntry | string> {
  const read = readLine(text);
  if (read === undefined) return 'it is no entry';
  const { entry } = read;
  const isOpening = entry.event === 'trail.opened';
  const keys = isOpening ? await openedKeys(entry, identity) : soFar.keys;
  if (keys === undefined) return 'it was not written for this auditor key';
  return faultOf(entry, read.text, soFar, keys) ?? headFault(entry, keys, head) ?? { entry, keys };
}

async function openedKeys(entry: AuditEntry, identity: string): Promise<StretchKeys | undefined> {
  const root = await unwrapRoot(entry.keys ?? '', identity);
  return root === undefined ? undefined : keysOf(root);
}

function faultOf(
  entry: AuditEntry,
  text: string,
  previous: { readonly sequence: number; readonly seal: string },
  keys: StretchKeys,
): string | undefined {
  const expected = previous.sequence + 1;
  if (entry.sequence !== expected)
    return `it is numbered ${entry.sequence}, where ${expected} belongs: entries were taken away, put in or moved`;
  if (keys.sealOf(previous.seal, text) === entry.seal) return undefined;
  return 'its seal does not fit: it, or the entry before it, was changed';
}

function headFault(
  { sequence, seal }: AuditEntry,
  keys: StretchKeys,
  head: AuditHead | undefined,
): string | undefined {
  if (sequence !== head?.sequence) return undefined;
  const isSame = seal === head.seal && keys.proofOf(sequence, seal) === head.proof;
  return isSame ? undefined : 'the ledger knows another entry in its place';
}
