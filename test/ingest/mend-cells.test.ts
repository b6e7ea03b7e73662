import { describe, expect, it } from 'vitest';
import type { SourceCells } from '../../src/domain/field.ts';
import { mendCells } from '../../src/ingest/mend-cells.ts';

describe('mended cells', () => {
  it.each([
    [
      { birth_date: '="17/09/1981"' },
      false,
      { birth_date: '17/09/1981' },
      'spreadsheet-text-marker',
    ],
    [{ postcode: "'M1 1AE" }, false, { postcode: 'M1 1AE' }, 'spreadsheet-text-marker'],
    [{ family_name: '="Testby"' }, false, { family_name: 'Testby' }, 'spreadsheet-text-marker'],
    [{ family_name: 'OÂ´NÃ©' }, true, { family_name: 'O´Né' }, 'text-redecoded'],
  ] as readonly (readonly [SourceCells, boolean, SourceCells, string])[])(
    '%j is mended',
    (cells, isDoubleEncoded, mended, code) => {
      const result = mendCells(cells, isDoubleEncoded);

      expect(result.cells).toEqual(mended);
      expect(result.findings.map((finding) => finding.code)).toEqual([code]);
    },
  );

  it.each([
    [{ family_name: "'t Hooft" }, false],
    [{ family_name: 'SeÃ¡n' }, false],
    [{ family_name: 'Müller' }, true],
    [{ nhs_number: '9.43E+09', birth_date: '' }, true],
  ] as readonly (readonly [SourceCells, boolean])[])('%j stays', (cells, isDoubleEncoded) => {
    expect(mendCells(cells, isDoubleEncoded)).toEqual({ cells, findings: [] });
  });
});
