/** Real servers on the loopback, each closed by `closeServers`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type Server as NetServer, type Socket } from 'node:net';

/** A handler that may be asynchronous; what it returns is not looked at. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const open: (() => Promise<void>)[] = [];

export async function closeServers(): Promise<void> {
  await Promise.all(open.splice(0).map((close) => close()));
}

/** The address of an http server. */
export async function httpServer(handle: Handler): Promise<URL> {
  return new URL(
    `http://127.0.0.1:${await listen(createServer((...exchange) => void handle(...exchange)))}/smsp/pds`,
  );
}

/** The address of an https server, under the host name or address given. */
export async function httpsServer(
  options: ServerOptions,
  handle: Handler,
  host = 'localhost',
): Promise<URL> {
  return new URL(
    `https://${host}:${await listen(createTlsServer(options, (...exchange) => void handle(...exchange)))}/smsp/pds`,
  );
}

/** The address of a server that is given every connection. */
export async function tcpServer(onConnection: (socket: Socket) => void): Promise<URL> {
  return new URL(`http://127.0.0.1:${await listen(createTcpServer(onConnection))}/smsp/pds`);
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Ends with a port of this machine that nobody listens on. */
export async function unusedPort(): Promise<number> {
  const port = await listen(createTcpServer());
  await closeServers();
  return port;
}

async function listen(server: Server | NetServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
