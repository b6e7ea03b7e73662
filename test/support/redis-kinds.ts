/** Redis as it is run elsewhere: with TLS and users, watched over by a Sentinel, or as a cluster. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { startProcess, until } from './cli.ts';
import { freePort } from './redis-server.ts';

const FIT = ['--bind', '127.0.0.1', '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];

/** A server of its own directory; `settings` as on its command line. */
async function aServer(
  folder: string,
  name: string,
  settings: readonly string[],
  says = 'Ready to accept connections',
): Promise<{ kill(): void }> {
  const directory = join(folder, name);
  mkdirSync(directory, { recursive: true });
  const server = startProcess('redis-server', [
    ...FIT,
    '--save',
    '',
    '--dir',
    directory,
    ...settings,
  ]);
  await server.says(says);
  return { kill: () => server.kill('SIGKILL') };
}

/** Speaks nothing but TLS, and knows one user, who has the rights that the documentation names. */
export async function startTlsRedis(folder: string, rights: string) {
  const { ca, server } = makeCertificates();
  const port = await freePort();
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  await aServer(folder, 'tls', [
    ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
    ...['--tls-cert-file', file('server.pem', server.certificate)],
    ...['--tls-key-file', file('server-key.pem', server.key)],
    ...['--tls-ca-cert-file', file('ca.pem', ca)],
    ...['--aclfile', file('users.acl', `user default off\nuser tracer on >p%s:w@rd ${rights}\n`)],
  ]);
  return {
    ca,
    caFile: join(folder, 'ca.pem'),
    url: `rediss://tracer:p%25s%3Aw%40rd@localhost:${port}`,
  };
}

/** A master, its replica, and the Sentinel that watches over both. `url` is the Sentinel's. */
export async function startSentinel(folder: string) {
  const [master, replica, sentinel] = [await freePort(), await freePort(), await freePort()];
  const first = await aServer(folder, 'master', ['--port', String(master)]);
  await aServer(folder, 'replica', [
    ...['--port', String(replica), '--replicaof', '127.0.0.1', String(master)],
  ]);
  const config = join(folder, 'sentinel.conf');
  writeFileSync(
    config,
    [
      `port ${sentinel}`,
      `sentinel monitor queue 127.0.0.1 ${master} 1`,
      'sentinel down-after-milliseconds queue 1000',
      'sentinel failover-timeout queue 5000',
    ].join('\n'),
  );
  const watcher = startProcess('redis-server', [config, '--sentinel', '--bind', '127.0.0.1']);
  await watcher.says('+monitor');
  const client = new Redis(sentinel, '127.0.0.1');
  const knows = async (): Promise<boolean> =>
    ((await client.call('SENTINEL', 'REPLICAS', 'queue')) as unknown[]).length === 1;
  await until(knows);
  client.disconnect();
  return { url: `redis://127.0.0.1:${sentinel}`, killMaster: first.kill };
}

const SLOTS = ['0-5460', '5461-10922', '10923-16383'];

/** Three masters without replicas. `url` is that of one of them. */
export async function startCluster(folder: string) {
  const nodes: { client: Redis; port: number; bus: number }[] = [];
  for (const slots of SLOTS) {
    const [port, bus] = [await freePort(), await freePort()];
    await aServer(folder, `node-${port}`, [
      ...['--port', String(port), '--cluster-enabled', 'yes', '--cluster-port', String(bus)],
    ]);
    const client = new Redis(port, '127.0.0.1');
    await client.call('CLUSTER', 'ADDSLOTSRANGE', ...slots.split('-'));
    for (const other of nodes)
      await client.call('CLUSTER', 'MEET', '127.0.0.1', other.port, other.bus);
    nodes.push({ client, port, bus });
  }
  const isWhole = async ({ client }: { client: Redis }): Promise<boolean> =>
    /cluster_state:ok[\s\S]*cluster_known_nodes:3/.test(String(await client.cluster('INFO')));
  await until(async () => (await Promise.all(nodes.map(isWhole))).every(Boolean));
  const urls = nodes.map(({ port }) => `redis://127.0.0.1:${port}`);
  for (const { client } of nodes) client.disconnect();
  return { urls };
}
