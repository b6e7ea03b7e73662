/** `npm run fuzz [-- COUNT [SEED [INDEX]]]`: files at random; with an index, that one alone. Prints the figures. */
import { randomInt } from 'node:crypto';
import { fuzzFiles } from './fuzz-files.ts';

const [count, seed, index] = process.argv.slice(2).map(Number);
const first = index ?? 0;
const figures = await fuzzFiles(
  seed ?? randomInt(1_000_000_000),
  first,
  index === undefined ? (count ?? 100_000) : first + 1,
);
process.stdout.write(`${JSON.stringify(figures, undefined, 2)}\n`);
process.exitCode = figures.faults.length === 0 ? 0 : 1;
