#!/usr/bin/env -S node --max-semi-space-size=16 --heap-growing-percent=30
/**
 * Starts the program. Compiled code is kept among the packages, never in a temporary directory, where others could
 * put code of theirs. The flags above, which package.json's scripts give too, keep memory down: V8's heap grows
 * without need.
 */
import { fileURLToPath } from 'node:url';
import { keepCompiledCode } from '../lib/compiled-code.ts';

keepCompiledCode(fileURLToPath(new URL('../../node_modules/.cache/nhs-trace', import.meta.url)));
await import('./program.ts');
