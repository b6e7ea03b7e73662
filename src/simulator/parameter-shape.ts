/** Strict reading of one parameter: elements, attributes and fixed values, as the schemas have them. */
import { cardinality, type ParameterName } from './parameters.ts';
import type { XmlElement } from './read-xml.ts';
import { GENDER_OID, HL7, NHS_NUMBER_OID, type Operation } from './wire-names.ts';

interface ValueShape {
  /** Attributes that must be there: with this value, or with any but an empty one. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** The children the value may have, each possibility as names with commas between. */
  readonly children: readonly string[];
}

const SHAPES: Readonly<Record<ParameterName, ValueShape>> = {
  'Person.DateOfBirth': { attributes: { value: undefined }, children: [''] },
  'Person.Gender': { attributes: { code: undefined, codeSystem: GENDER_OID }, children: [''] },
  'Person.LocalIdentifier': {
    attributes: { root: undefined, extension: undefined },
    children: [''],
  },
  'Person.NHSNumber': {
    attributes: { root: NHS_NUMBER_OID, extension: undefined },
    children: [''],
  },
  'Person.Name': { attributes: {}, children: ['given,family', 'family', 'given', ''] },
  'Person.Postcode': { attributes: {}, children: ['postalCode'] },
};

/** Says what is wrong with a parameter element that is not nil; `undefined` when nothing is. */
export function shapeFault(
  element: XmlElement,
  name: ParameterName,
  operation: Operation,
): string | undefined {
  const [value, semantics] = element.children;
  if (namesOf(element) !== 'value,semanticsText' || value === undefined) {
    return 'must be value, then semanticsText';
  }
  if (semantics?.text !== name) return 'the semanticsText is not the name of the parameter';
  if (attributesOf(element).length > 0) return 'an unknown attribute';
  const shape = SHAPES[name];
  if (!shape.children.includes(namesOf(value))) return 'the value has other parts';
  if (value.children.some((part) => attributesOf(part).length > 0 || part.children.length > 0)) {
    return 'a part of the value has attributes or parts';
  }
  return attributeFault(value, shape, name === 'Person.Name' && isNameUseTaken(operation));
}

/** The searches that give a number or a person by name alone forbid the `use` of a name. */
function isNameUseTaken(operation: Operation): boolean {
  return cardinality(operation, 'Person.NHSNumber') !== '-';
}

function attributeFault(
  value: XmlElement,
  { attributes }: ValueShape,
  isUseTaken: boolean,
): string | undefined {
  for (const [name, fixed] of Object.entries(attributes)) {
    const sent = value.attributes.get(name) ?? '';
    if (sent === '') return `the value has no ${name}`;
    if (fixed !== undefined && sent !== fixed) return `the ${name} of the value is wrong`;
  }
  const unknown = attributesOf(value).find(
    (name) => !Object.hasOwn(attributes, name) && !(isUseTaken && name === 'use'),
  );
  return unknown === undefined ? undefined : 'the value has an unknown attribute';
}

/** Attributes of a namespace, such as xsi:type, are no part of the schemas' own. */
function attributesOf(element: XmlElement): readonly string[] {
  return [...element.attributes.keys()].filter((name) => !name.startsWith('{'));
}

function namesOf(parent: XmlElement): string {
  return parent.children.map(({ uri, local }) => (uri === HL7 ? local : '?')).join();
}
