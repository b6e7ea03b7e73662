import { describe, expect, it } from 'vitest';
import { fileKind } from '../../src/ingest/file-kind.ts';

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

describe('the kind of a file', () => {
  it.each([
    ['a CSV', Buffer.from('\uFEFFNHS number,DOB\n'), 'text'],
    ['a CSV that begins with a less-than sign', Buffer.from('<5,DOB\n'), 'text'],
    ['nothing', Buffer.alloc(0), 'text'],
    ['a zip', Buffer.from('PK\x03\x04...'), 'zip'],
  ])('is told: %s', (_name, sample, kind) => {
    expect(fileKind(sample)).toEqual({ kind });
  });

  it.each([
    ['an old workbook', Buffer.from([...OLE, 0, 0]), '.xls'],
    [
      'a workbook with a password',
      Buffer.concat([Buffer.from(OLE), Buffer.from('EncryptedPackage', 'utf16le')]),
      'take the password off',
    ],
    ['a PDF', Buffer.from('%PDF-1.7'), 'PDF'],
    ['JSON', Buffer.from(' [{"NHS number":1}]'), 'JSON'],
    ['lines of JSON', Buffer.from('{"NHS number":1}\n'), 'JSON'],
    ['gzip', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
    ['a web page', Buffer.from('\uFEFF <html><table>'), 'web page'],
    ['XML', Buffer.from('<?xml version="1.0"?><Workbook>'), 'XML'],
  ])('is refused with words: %s', (_name, sample, says) => {
    expect(fileKind(sample)).toMatchObject({ kind: 'other', words: expect.stringContaining(says) });
  });
});
