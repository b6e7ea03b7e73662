/** Puts a reply on the wire, or spoils it on the way as a scripted fault wants. */
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Reply } from './answer-request.ts';
import type { Deed } from './deeds.ts';

/** What went out, for the journal. */
export interface Sent {
  readonly httpStatus: number;
  readonly code: string;
  readonly reason?: string | undefined;
}

/** A deed played on the connection, before any reply is made; `undefined` when it is not such a one. */
export function playOnConnection(response: ServerResponse, deed: Deed): Sent | undefined {
  switch (deed.kind) {
    case 'busy':
      return sendStatus(response, 503, deed.retry_after);
    case 'status':
      return sendStatus(response, deed.code);
    case 'hang':
      return { httpStatus: 0, code: 'hang' };
    case 'reset':
      resetConnection(response.socket);
      return { httpStatus: 0, code: 'reset' };
    case 'outage':
      response.socket?.destroy();
      return { httpStatus: 0, code: 'outage' };
    case 'garbage':
      return sendGarbage(response);
    case 'slow':
    case 'truncate':
    case 'itk_fault':
    case 'response_code':
    case 'wrong_person':
    case 'wrong_relates_to':
      return undefined;
  }
}

/** A status with a page for people, as a gateway answers. */
export function sendStatus(response: ServerResponse, status: number, retryAfter?: number): Sent {
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  const isBodyless = status === 204 || status === 304;
  const body = isBodyless ? '' : `<html><body><p>${status}<br>simulated</body></html>`;
  response.writeHead(status, {
    ...(isBodyless ? {} : { 'Content-Type': 'text/html', 'Content-Length': body.length }),
  });
  response.end(body);
  return { httpStatus: status, code: `HTTP-${status}` };
}

/** Sends a reply whole, or cut half-way. */
export function sendReply(
  response: ServerResponse,
  reply: Reply,
  contentType: string,
  deed: Deed | undefined,
): Sent {
  const { httpStatus, code, reason, body } = reply;
  const isCut = deed?.kind === 'truncate';
  if (isCut) sendHalf(response, reply, contentType, deed.dropped);
  else {
    // A string goes out in one piece with the header; a buffer would cost a second write.
    const size = Buffer.byteLength(body);
    response.writeHead(httpStatus, { 'Content-Type': contentType, 'Content-Length': size });
    response.end(body);
  }
  return { httpStatus, code: isCut ? 'truncate' : code, reason };
}

/** Half of a reply; the connection ends there when the whole was promised. */
function sendHalf(
  response: ServerResponse,
  reply: Reply,
  contentType: string,
  isDropped: boolean,
): void {
  const body = Buffer.from(reply.body);
  const half = body.subarray(0, body.length >> 1);
  const size = isDropped ? body.length : half.length;
  response.writeHead(reply.httpStatus, { 'Content-Type': contentType, 'Content-Length': size });
  if (isDropped) response.write(half, () => response.socket?.destroy());
  else response.end(half);
}

/** Bytes that are neither XML nor UTF-8, under a status of success. */
function sendGarbage(response: ServerResponse): Sent {
  const body = Buffer.from([0x00, 0xff, 0xfe, 0x3c, 0x3c, 0xc3, 0x28, 0x26, 0x0a]);
  response.writeHead(200, { 'Content-Type': 'text/xml', 'Content-Length': body.length });
  response.end(body);
  return { httpStatus: 200, code: 'garbage' };
}

/** With RST where the system lets us: a TLS connection can only be closed. */
function resetConnection(socket: Socket | null): void {
  if (socket === null) return;
  if ('encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}
