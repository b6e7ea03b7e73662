import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts small texts with AES-256-GCM. */
export interface Sealer {
  /** `context` must be given again to open: a sealed text cannot be moved to another place. */
  seal(text: string, context: string): string;
  /** Throws when the key or the context is another, or the text was changed. */
  open(sealed: string, context: string): string;
}

/** `bytes`: the key, 32 of them. */
export function createSealer(bytes: Buffer): Sealer {
  // Made once: to prepare a key costs more than to use it.
  const key = createSecretKey(bytes);
  return {
    seal: (text, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open: (sealed, context) => {
      const parts = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, parts.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(parts.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const body = parts.subarray(IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
  };
}
