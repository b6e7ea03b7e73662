/** Reads XML too large to hold, piece by piece: strict, and with limits. */
import { SaxesParser } from 'saxes';
import { XmlReadError } from './xml-read.ts';

export interface XmlHandlers {
  /** `name` is the local name; `attributes` go by theirs. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** The element's own text; may come in several pieces. */
  text(text: string): void;
  close(name: string): void;
}

export interface XmlStreamReader {
  /** Calls the handlers for what is complete. Throws XmlReadError. */
  write(text: string): void;
  /** Throws XmlReadError when the document is not complete. */
  end(): void;
}

const MAX_DEPTH = 64;
const MAX_ATTRIBUTES = 100;
/** Characters of one tag, comment or text. */
const MAX_TOKEN = 8 * 1024 * 1024;

/** Refuses a DOCTYPE, so there are no entities but the five of XML and numbers. */
export function createXmlStreamReader(handlers: XmlHandlers): XmlStreamReader {
  const parser = new SaxesParser({
    xmlns: false,
    position: false,
    defaultXMLVersion: '1.0',
    forceXMLVersion: true,
  });
  let depth = 0;
  let attributes = 0;
  let sinceToken = 0;
  const refuse = (fault: XmlReadError['fault']): never => {
    throw new XmlReadError(fault, parser.line, parser.column);
  };
  parser.on('error', () => refuse('malformed'));
  parser.on('doctype', () => refuse('doctype'));
  parser.on('text', (text) => {
    sinceToken = 0;
    if (depth > 0) handlers.text(text);
  });
  parser.on('cdata', (text) => handlers.text(text));
  parser.on('opentagstart', () => {
    attributes = 0;
    depth += 1;
    if (depth > MAX_DEPTH) refuse('too-deep');
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MAX_ATTRIBUTES) refuse('too-many-attributes');
  });
  parser.on('opentag', (tag) => {
    sinceToken = 0;
    handlers.open(localName(tag.name), tag.attributes);
  });
  parser.on('closetag', (tag) => {
    sinceToken = 0;
    depth -= 1;
    handlers.close(localName(tag.name));
  });
  return {
    write: (text) => {
      sinceToken += text.length;
      if (sinceToken > MAX_TOKEN) refuse('too-much-text');
      parser.write(text);
    },
    end: () => {
      parser.close();
    },
  };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
