/**
 * The keys of one stretch of the trail, made anew by every process that writes it. They are kept nowhere but in the
 * trail itself, encrypted (age) to the auditor: whoever runs cannot read or forge what was written before.
 */
import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { ConfigError } from '../errors.ts';
import { createSealer, type Sealer } from '../lib/seal.ts';

const ROOT_BYTES = 32;

export interface StretchKeys {
  /** The seal of an entry, in hexadecimal: over its text and the seal of the entry before. */
  sealOf(previous: string, text: string): string;
  /** What proves that the trail once reached so far. */
  proofOf(sequence: number, seal: string): string;
  /** By which an NHS number can be found without being read, in hexadecimal. */
  digestOf(nhsNumber: string): string;
  readonly sealer: Sealer;
}

export function newRoot(): Buffer {
  return randomBytes(ROOT_BYTES);
}

export function keysOf(root: Buffer): StretchKeys {
  const derived = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', root, '', `nhs-trace audit: ${use}`, 32));
  // Prepared once: that costs far more than to use it, and each entry has a seal.
  const macKey = (use: string): KeyObject => createSecretKey(derived(use));
  const [chain, proof, digest] = [macKey('chain'), macKey('proof'), macKey('digest')];
  const mac = (key: KeyObject, text: string): string =>
    createHmac('sha256', key).update(text).digest('hex');
  return {
    sealOf: (previous, text) => mac(chain, `${previous}\n${text}`),
    proofOf: (sequence, seal) => mac(proof, `${sequence}\n${seal}`),
    digestOf: (nhsNumber) => mac(digest, nhsNumber),
    sealer: createSealer(derived('sealing')),
  };
}

/** Base64 of the root, which only the holder of the recipient's identity can open. Throws ConfigError. */
export async function wrapRoot(root: Buffer, recipient: string): Promise<string> {
  const encrypter = new Encrypter();
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new ConfigError(
      'NHS_TRACE_AUDIT_RECIPIENT must be an age recipient (age1...). Make one: nhs-trace keygen --audit FILE',
      { cause },
    );
  }
  return Buffer.from(await encrypter.encrypt(root)).toString('base64');
}

/** Whether something can be encrypted to it. */
export function isRecipient(text: string): boolean {
  try {
    new Encrypter().addRecipient(text);
    return true;
  } catch {
    return false;
  }
}

/** Undefined when the identity is another's, or the text is no wrapped root. */
export async function unwrapRoot(wrapped: string, identity: string): Promise<Buffer | undefined> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  try {
    return Buffer.from(await decrypter.decrypt(Buffer.from(wrapped, 'base64')));
  } catch {
    return undefined;
  }
}

/** An auditor's identity (secret) and recipient (not secret). */
export interface AuditorKeys {
  readonly identity: string;
  readonly recipient: string;
}

export async function newAuditorKeys(): Promise<AuditorKeys> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** Throws ConfigError when it is no identity; the text is not repeated. */
export async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch (cause) {
    throw new ConfigError(
      'NHS_TRACE_AUDIT_KEY must be an age identity (AGE-SECRET-KEY-1...). Make one: nhs-trace keygen --audit FILE',
      { cause },
    );
  }
}
