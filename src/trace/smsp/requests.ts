/** The payload of each operation: `Person.*` parameters in the order of the schema. */
import { birthDatePrecision } from '../../domain/birth-date.ts';
import type { TraceRequest } from '../../domain/trace.ts';
import { UnsendableError } from '../../errors.ts';
import { element, type XmlNode } from '../../lib/xml-write.ts';
import { GENDER_OID, HL7, MESSAGE_TYPE_OID, NHS_NUMBER_OID } from './identifiers.ts';
import { OPERATION_MESSAGES, type Parameter } from './operations.ts';

/**
 * The one payload of a request. What the operation does not take is left out; so is a blank, and a
 * family name of one or two letters beside an NHS number.
 * Throws UnsendableError: `incomplete-request` when something the operation needs is missing, and
 * `wildcard` when a value to be sent holds `*`, `?` or `%` (MSCA-PDS-07: nobody is there to judge what
 * a wildcard finds), other than one `*` at the end of a name or postcode for which there is leave.
 */
export function requestPayload(
  request: TraceRequest,
  { payloadId, localIdentifierRoot }: { payloadId: string; localIdentifierRoot: string },
): XmlNode {
  const { requestRoot, requestCode } = OPERATION_MESSAGES[request.operation];
  return element(
    requestRoot,
    { xmlns: HL7, classCode: 'CACT', moodCode: 'EVN' },
    element('id', { root: payloadId }),
    element('code', { code: requestCode, codeSystem: MESSAGE_TYPE_OID }),
    element('queryEvent', {}, ...requestParameters(request, localIdentifierRoot)),
  );
}

function requestParameters(request: TraceRequest, localIdentifierRoot: string): XmlNode[] {
  refuseIncomplete(request);
  const values = parameterValues(request, localIdentifierRoot);
  return OPERATION_MESSAGES[request.operation].parameters.flatMap(({ parameter, isRequired }) => {
    const value = values[parameter];
    if (value === undefined && isRequired) throw incomplete(request, parameter);
    if (value === undefined) return [];
    refuseWildcards(value, request.hasWildcard === true);
    const name = `Person.${parameter}`;
    return [element(name, {}, value, element('semanticsText', {}, name))];
  });
}

type ParameterValues = Readonly<Record<Parameter, XmlNode | undefined>>;

function parameterValues(request: TraceRequest, localIdentifierRoot: string): ParameterValues {
  const { birthDate, gender, localIdentifier, nhsNumber, postcode } = request;
  return {
    DateOfBirth: element('value', { value: birthDate }),
    Gender: gender && element('value', { code: gender, codeSystem: GENDER_OID }),
    LocalIdentifier: identifier(localIdentifierRoot, localIdentifier),
    NHSNumber: nhsNumber && identifier(NHS_NUMBER_OID, nhsNumber),
    Name: nameValue(request),
    Postcode:
      postcode === undefined
        ? undefined
        : element('value', {}, element('postalCode', {}, postcode)),
  };
}

function identifier(root: string, extension: string): XmlNode | undefined {
  return present(extension) === undefined ? undefined : element('value', { root, extension });
}

/** Given before family, at most one of each, and no `use`, which two of the five schemas forbid. */
function nameValue(request: TraceRequest): XmlNode | undefined {
  const family = sentFamilyName(request);
  const given = present(request.givenName);
  if (family === undefined && given === undefined) return undefined;
  return element(
    'value',
    {},
    given && element('given', {}, given),
    family && element('family', {}, family),
  );
}

/**
 * Verifying compares the first three letters of the family name (Cross Check Trace), so providers
 * refuse a shorter one there. A search takes it at any length.
 */
function sentFamilyName(request: TraceRequest): string | undefined {
  const family = present(request.familyName);
  if (family === undefined) return undefined;
  return asksAboutNumber(request) && [...family].length < 3 ? undefined : family;
}

/** Whether the answer is about the number sent, rather than the result of a search. */
export function asksAboutNumber({ operation, nhsNumber }: TraceRequest): boolean {
  switch (operation) {
    case 'verifyNHSNumber':
    case 'getPatientDetailsByNHSNumber':
      return true;
    case 'getPatientDetails':
      return nhsNumber !== undefined;
    case 'getNHSNumber':
    case 'getPatientDetailsBySearch':
      return false;
  }
}

/** The rules that cardinalities do not express. */
function refuseIncomplete(request: TraceRequest): void {
  const isSearch = !asksAboutNumber(request);
  if (isSearch && present(request.familyName) === undefined) throw incomplete(request, 'Name');
  if (isSearch && request.gender === undefined) throw incomplete(request, 'Gender');
  // A part of a date is for the advanced trace behind getNHSNumber only (TRCPDS-10).
  if (request.operation !== 'getNHSNumber' && birthDatePrecision(request.birthDate) !== 'day') {
    throw incomplete(request, 'DateOfBirth');
  }
}

function incomplete({ operation }: TraceRequest, parameter: Parameter): UnsendableError {
  const what = parameter === 'DateOfBirth' ? 'a full date of birth' : parameter;
  return new UnsendableError('incomplete-request', `${operation} needs ${what}: nothing was sent`);
}

function refuseWildcards({ attributes, content }: XmlNode, hasLeave: boolean): void {
  const texts = content.filter((part) => typeof part === 'string');
  const sent = hasLeave ? texts.map((text) => text.replace(WILDCARD_END, '')) : texts;
  if ([...Object.values(attributes), ...sent].some((text) => /[*?%]/.test(text ?? ''))) {
    throw new UnsendableError('wildcard', 'a value holds a wildcard character: nothing was sent');
  }
  for (const part of content) if (typeof part !== 'string') refuseWildcards(part, hasLeave);
}

/** A wildcard comes after two characters at least (TRCPDS-6), and ends the value. */
const WILDCARD_END = /(?<=..)[*]$/u;

function present(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}
