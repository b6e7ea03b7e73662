/**
 * `npm run fuzz:replies -- --inputs N --seed S [--index I] [--socket]`: replies at random through the
 * reading of replies, or through the whole client over a socket. With an index, that one alone.
 * Prints the figures.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzzClient } from './fuzz-client.ts';
import { fuzzParser } from './fuzz-parser.ts';

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    index: { type: 'string' },
    socket: { type: 'boolean', default: false },
  },
});
const seed = values.seed === undefined ? randomInt(1_000_000_000) : Number(values.seed);
const [from, to] =
  values.index === undefined
    ? [0, Number(values.inputs)]
    : [Number(values.index), Number(values.index) + 1];
const fuzz = values.socket ? fuzzClient : fuzzParser;
const figures = await fuzz(seed, from, to);
process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
process.exitCode = figures.faults.length === 0 ? 0 : 1;
