/** One message to an address, in a process of its own; prints what came of it. For environments that only count at the start. */
import { createSoapClient } from '../../../../src/trace/smsp/soap-client.ts';
import { outcomeOfAsync } from './outcome.ts';
import { someSettings } from './values.ts';

const [address = '', ca] = process.argv.slice(2);
const client = createSoapClient(
  someSettings({ endpoint: new URL(address), tls: ca === undefined ? {} : { ca } }),
);
const message = { action: 'urn:x', xml: '<a/>' };
const [kind, code] = await outcomeOfAsync(() => client.post(message, new AbortController().signal));
await client.close();
process.stdout.write(kind === 'value' ? 'believed' : `${kind} ${code}`);
