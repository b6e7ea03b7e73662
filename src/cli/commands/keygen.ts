import { randomBytes } from 'node:crypto';
import { newAuditorKeys } from '../../audit/audit-keys.ts';
import { writeKeyFile } from '../../audit/auditor.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

/** Makes a key in a file of its own, mode 0600, which must not exist. Gives the exit code. */
export async function keygenCommand(
  path: string,
  { audit }: { readonly audit?: boolean },
  { print }: CommandContext,
): Promise<number> {
  if (audit !== true) {
    await writeKeyFile(path, randomBytes(32).toString('base64'));
    print(`The key is in ${path}. Use it with: NHS_TRACE_KEY_FILE=${path}\n`);
    return EXIT.complete;
  }
  const { identity, recipient } = await newAuditorKeys();
  await writeKeyFile(path, identity);
  print(
    [
      `The auditor's key is in ${path}. Whoever audits uses it with: NHS_TRACE_AUDIT_KEY_FILE=${path}`,
      `Whoever runs sets (this is no secret): NHS_TRACE_AUDIT_RECIPIENT=${recipient}`,
      '',
    ].join('\n'),
  );
  return EXIT.complete;
}
