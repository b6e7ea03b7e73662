/** A server that answers every request with the reply that was drawn for its number. */
import { createServer, type Socket } from 'node:net';
import type { Framed } from './frame-reply.ts';

export interface ReplyServer {
  readonly endpoint: URL;
  close(): Promise<void>;
}

/** `replyTo` gets the number at the end of the message's `trackingid`. */
export async function startReplyServer(replyTo: (index: number) => Framed): Promise<ReplyServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      const index = TRACKING.exec(received)?.[1];
      if (index === undefined || !received.endsWith('</soap:Envelope>')) return;
      received = '';
      answer(socket, replyTo(Number.parseInt(index, 16)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    endpoint: new URL(`http://127.0.0.1:${address.port}/smsp`),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An id of this shape carries the number of an input. */
export function trackingId(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).toUpperCase().padStart(12, '0')}`;
}

const TRACKING = /trackingid="00000000-0000-4000-8000-([0-9A-F]{12})"/;

function answer(socket: Socket, { pieces, ending }: Framed): void {
  const [first = Buffer.alloc(0), ...rest] = pieces;
  socket.write(first);
  setImmediate(() => {
    for (const piece of rest) socket.write(piece);
    if (ending === 'end') socket.end();
    if (ending === 'reset') socket.resetAndDestroy();
  });
}
