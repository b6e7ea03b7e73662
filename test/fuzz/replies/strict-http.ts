/** The first final response in what a server has sent (RFC 9112), read without any leniency but for the reason phrase. */

export interface StrictResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Undefined for anything that is not one whole response. `isEnded`: the server closed after it, in
 * whatever way, for XML says itself whether it is whole. */
export function readResponse(sent: Buffer, isEnded: boolean): StrictResponse | undefined {
  const end = sent.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [statusLine = '', ...lines] = sent.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] ([1-5]\d\d)(?: [^\r\n]*)?$/.exec(statusLine)?.[1]);
  const headers = headersIn(lines);
  if (Number.isNaN(status) || headers === undefined) return undefined;
  const rest = sent.subarray(end + 4);
  if (status < 200) return status === 101 ? undefined : readResponse(rest, isEnded);
  const body = bodyIn(rest, headers, isEnded);
  return body === undefined ? undefined : { status, headers, body };
}

function headersIn(lines: readonly string[]): Map<string, string> | undefined {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] =
      /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === '') return undefined;
    const key = name.toLowerCase();
    const before = headers.get(key);
    headers.set(key, before === undefined ? value.trim() : `${before},${value.trim()}`);
  }
  return headers;
}

function bodyIn(
  rest: Buffer,
  headers: ReadonlyMap<string, string>,
  isEnded: boolean,
): Buffer | undefined {
  const coding = headers.get('transfer-encoding');
  const length = headers.get('content-length');
  if (coding !== undefined && length !== undefined) return undefined;
  if (coding !== undefined) return coding.toLowerCase() === 'chunked' ? unchunked(rest) : undefined;
  if (length === undefined) return isEnded ? rest : undefined;
  if (!/^\d{1,9}$/.test(length) || rest.length < Number(length)) return undefined;
  return rest.subarray(0, Number(length));
}

function unchunked(rest: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = rest.indexOf('\r\n', at);
    const line = end < 0 ? '' : rest.subarray(at, end).toString('latin1');
    const size = /^([\da-fA-F]{1,8})(?:[ \t]*;[\t\x20-\x7e\x80-\xff]*)?$/.exec(line)?.[1];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    const start = end + 2;
    if (length === 0) return hasTrailer(rest.subarray(start)) ? Buffer.concat(parts) : undefined;
    if (rest.subarray(start + length, start + length + 2).toString() !== '\r\n') return undefined;
    parts.push(rest.subarray(start, start + length));
    at = start + length + 2;
  }
}

function hasTrailer(rest: Buffer): boolean {
  if (rest.subarray(0, 2).toString() === '\r\n') return true;
  const end = rest.indexOf('\r\n\r\n');
  return (
    end >= 0 && headersIn(rest.subarray(0, end).toString('latin1').split('\r\n')) !== undefined
  );
}
