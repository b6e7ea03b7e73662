/** Tells a disk that cannot be written from every other error. */

/** SQLite's primary result codes: an attempt to write a file failed, the disk is full, or it is read-only. */
const SQLITE_CODES: Readonly<Record<number, string>> = {
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  13: 'SQLITE_FULL',
};

const SYSTEM_CODES = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO', 'EROFS']);

/** The code of what the disk refused (`ENOSPC`, `SQLITE_FULL`), or undefined when the error is another. */
export function diskFaultOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error) return SQLITE_CODES[Number(error.errcode) & 0xff];
  const code = 'code' in error ? String(error.code) : '';
  return SYSTEM_CODES.has(code) ? code : undefined;
}

/** SQLITE_CORRUPT and SQLITE_NOTADB: the file was written over, cut off, or is none of SQLite's. */
export function isDamagedDatabase(error: unknown): boolean {
  return (
    error instanceof Error && 'errcode' in error && [11, 26].includes(Number(error.errcode) & 0xff)
  );
}

/** SQLITE_BUSY: another process holds it. */
export function isBusyDatabase(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
