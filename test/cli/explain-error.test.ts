import { expect, test } from 'vitest';
import { explainError } from '../../src/cli/explain-error.ts';
import { ConfigError } from '../../src/errors.ts';

test('a known error says its own words and no more', () => {
  expect(explainError(new ConfigError('job: give a rate.'))).toBe('job: give a rate.');
});

test("JavaScript's own errors quote what was read: their words are left out, the place is told", () => {
  for (const cause of [
    () => JSON.parse('{"family_name":Quornbeck}'),
    () => BigInt('Quornbeck'),
    () => (undefined as unknown as Record<string, string>)['Quornbeck'],
    () => decodeURIComponent('%Quornbeck'),
    () => 'x'.repeat(-1),
  ]) {
    const said = explainError(thrownBy(cause));
    expect(said).toMatch(/defect of the program[^\n]*\n(Syntax|Type|URI|Range)Error\n {4}at /);
    expect(said).not.toContain('Quornbeck');
    expect(said).toContain('explain-error.test.ts');
  }
});

test("a defect in the program's own words keeps them", () => {
  expect(explainError(new Error('two rows have one key'))).toContain(
    'Error: two rows have one key\n',
  );
});

test('what is thrown and no error is not told', () => {
  expect(explainError('Quornbeck')).toBe('something went wrong that has no name');
});

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
