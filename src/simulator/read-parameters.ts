/** Reads the parameters of a query event. */
import { shapeFault } from './parameter-shape.ts';
import { cardinality, PARAMETERS, type ParameterName, type Parameters } from './parameters.ts';
import { hl7Child } from './read-request.ts';
import type { XmlElement } from './read-xml.ts';
import { HL7, type Operation, XSI } from './wire-names.ts';

/** The parameters; or a sentence saying what is wrong, which repeats nothing of them. */
export function readParameters(
  queryEvent: XmlElement | undefined,
  operation: Operation,
  isStrict: boolean,
): Parameters | string {
  if (queryEvent === undefined) return 'there is no queryEvent';
  const elements = queryEvent.children.filter(({ local }) =>
    isStrict ? !['realmCode', 'typeId', 'templateId'].includes(local) : local.startsWith('Person.'),
  );
  const fault = placesFault(elements, operation, isStrict);
  if (fault !== undefined) return fault;
  const parameters: Parameters[] = [];
  for (const element of elements) {
    const name = element.local as ParameterName;
    const read = readParameter(element, name, operation, isStrict);
    if (typeof read === 'string') return `${name}: ${read}`;
    parameters.push(read);
  }
  return Object.assign({}, ...parameters);
}

const KNOWN: readonly string[] = PARAMETERS;

function placesFault(
  elements: readonly XmlElement[],
  operation: Operation,
  isStrict: boolean,
): string | undefined {
  const places = elements.map(({ uri, local }) => (uri === HL7 ? KNOWN.indexOf(local) : -1));
  if (places.includes(-1)) return 'an unknown parameter';
  if (new Set(places).size < places.length) return 'a parameter stands there twice';
  for (const [place, name] of PARAMETERS.entries()) {
    const allowed = cardinality(operation, name);
    const isSent = places.includes(place);
    if (isSent && allowed === '-') return `${name} is not a parameter of this service`;
    if (!isSent && allowed === '1') return `${name} is missing`;
  }
  const isAscending = places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0));
  return isStrict && !isAscending ? 'the parameters are out of order' : undefined;
}

function readParameter(
  element: XmlElement,
  name: ParameterName,
  operation: Operation,
  isStrict: boolean,
): Parameters | string {
  if (['true', '1'].includes(element.attributes.get(`{${XSI}}nil`) ?? '')) {
    const isAllowed = cardinality(operation, name) === '?' && element.children.length === 0;
    return isAllowed ? {} : 'cannot be nil here';
  }
  const fault = isStrict ? shapeFault(element, name, operation) : undefined;
  if (fault !== undefined) return fault;
  const value = hl7Child(element, 'value');
  return value === undefined ? 'there is no value' : READERS[name](value);
}

const READERS: Readonly<Record<ParameterName, (value: XmlElement) => Parameters>> = {
  'Person.DateOfBirth': ({ attributes }) => ({ birthDate: attributes.get('value') ?? '' }),
  'Person.Gender': ({ attributes }) => ({ gender: attributes.get('code') ?? '' }),
  'Person.LocalIdentifier': ({ attributes }) => ({
    localIdentifier: {
      root: attributes.get('root') ?? '',
      extension: attributes.get('extension') ?? '',
    },
  }),
  'Person.NHSNumber': ({ attributes }) => ({ nhsNumber: attributes.get('extension') ?? '' }),
  'Person.Name': (value) => ({
    givenName: hl7Child(value, 'given')?.text || undefined,
    familyName: hl7Child(value, 'family')?.text || undefined,
  }),
  'Person.Postcode': (value) => ({ postcode: hl7Child(value, 'postalCode')?.text || undefined }),
};
