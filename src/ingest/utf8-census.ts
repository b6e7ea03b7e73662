/** Counts what a file's bytes are made of, chunk by chunk, so that its encoding can be told. */

export interface ByteCensus {
  /** Whole UTF-8 sequences of two to four bytes. */
  sequences: number;
  /** Bytes over 7F that belong to none. */
  strays: number;
  nuls: number;
}

export interface ByteCounter {
  readonly census: Readonly<ByteCensus>;
  add(chunk: Uint8Array): void;
  /** Whether the file ends within a sequence. Nothing may be added any more. */
  end(): boolean;
}

export function createByteCounter(): ByteCounter {
  const census: ByteCensus = { sequences: 0, strays: 0, nuls: 0 };
  let rest: Uint8Array = new Uint8Array();
  return {
    census,
    add: (chunk) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const left = count(bytes, census);
      rest = bytes.slice(left);
    },
    end: () => {
      census.strays += rest.length;
      return rest.length > 0;
    },
  };
}

/** Counts all but a sequence that may go on in the next chunk; gives where that begins. */
function count(bytes: Uint8Array, census: ByteCensus): number {
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      if (byte === 0) census.nuls += 1;
      at += 1;
      continue;
    }
    const length = sequenceAt(bytes, at);
    if (length === 'cut-off') return at;
    if (length === 0) census.strays += 1;
    else census.sequences += 1;
    at += Math.max(length, 1);
  }
  return at;
}

/** The bytes of the sequence that begins here (RFC 3629); 0 for none. */
function sequenceAt(bytes: Uint8Array, at: number): number | 'cut-off' {
  const lead = bytes[at] ?? 0;
  const length = lengthBy(lead);
  for (let step = 1; step < length; step += 1) {
    const byte = bytes[at + step];
    if (byte === undefined) return 'cut-off';
    const [least, most] = step === 1 ? secondBytes(lead) : [0x80, 0xbf];
    if (byte < least || byte > most) return 0;
  }
  return length;
}

function lengthBy(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function secondBytes(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  return lead === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
