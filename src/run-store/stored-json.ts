/** SQLite's code for a file that was damaged. */
const SQLITE_CORRUPT = 11;

/**
 * The value of a cell that holds JSON. SQLite has no checksum of what its cells hold, so damage may come to light only here:
 * throws the error that SQLite gives where it sees it itself. Its message has nothing of the cell.
 */
export function storedJson(cell: unknown): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(String(cell));
  } catch {
    throw Object.assign(new Error('a cell of the ledger is damaged'), { errcode: SQLITE_CORRUPT });
  }
}
