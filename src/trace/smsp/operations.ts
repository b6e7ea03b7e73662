/** What differs between the five operations, as data (PDSMiniServices-v1-0 WSDL and schemas). */
import type { Operation } from '../../domain/trace.ts';

export interface OperationMessages {
  /** Equal in `SOAPAction`, `wsa:Action` and `itk:header/@service`. */
  readonly action: string;
  readonly requestRoot: string;
  /** `code/@code` of the request, which is not always the name of its root. */
  readonly requestCode: string;
  readonly requestProfile: string;
  readonly responseRoot: string;
  /** What the operation takes, in the order of the schema, which is strict. */
  readonly parameters: readonly ParameterUse[];
}

interface ParameterUse {
  readonly parameter: Parameter;
  readonly isRequired: boolean;
}

export type Parameter =
  | 'DateOfBirth'
  | 'Gender'
  | 'LocalIdentifier'
  | 'NHSNumber'
  | 'Name'
  | 'Postcode';

const DETAILS = 'getPatientDetailsResponse-v1-0';

export const OPERATION_MESSAGES: Readonly<Record<Operation, OperationMessages>> = {
  verifyNHSNumber: {
    ...messages('verifyNHSNumber', 'verifyNHSNumberRequest-v1-0'),
    responseRoot: 'verifyNHSNumberResponse-v1-0',
    parameters: [required('DateOfBirth'), required('NHSNumber'), optional('Name')],
  },
  getNHSNumber: {
    ...messages('getNHSNumber', 'getNHSNumberRequest-v1-0'),
    responseRoot: 'getNHSNumberResponse-v1-0',
    parameters: [
      required('DateOfBirth'),
      required('Gender'),
      optional('LocalIdentifier'),
      required('Name'),
      optional('Postcode'),
    ],
  },
  getPatientDetailsByNHSNumber: {
    ...messages('getPatientDetailsByNHSNumber', 'getPatientDetailsByNHSNumberRequest-v1-0'),
    responseRoot: DETAILS,
    parameters: [
      required('DateOfBirth'),
      optional('LocalIdentifier'),
      required('NHSNumber'),
      optional('Name'),
    ],
  },
  getPatientDetailsBySearch: {
    ...messages('getPatientDetailsBySearch', 'getPatientDetailsBySearchRequest-v1-0'),
    responseRoot: DETAILS,
    parameters: [
      required('DateOfBirth'),
      required('Gender'),
      optional('LocalIdentifier'),
      required('Name'),
      optional('Postcode'),
    ],
  },
  getPatientDetails: {
    ...messages('getPatientDetails', 'getPatientDetailsRequest-v1-0'),
    // Not a slip: the global element of QUPA_MT000005GB01 lacks the word "Request" of its code.
    requestRoot: 'getPatientDetails-v1-0',
    responseRoot: DETAILS,
    parameters: [
      required('DateOfBirth'),
      optional('Gender'),
      optional('LocalIdentifier'),
      optional('NHSNumber'),
      optional('Name'),
      optional('Postcode'),
    ],
  },
};

function messages(operation: Operation, request: string) {
  return {
    action: `urn:nhs-itk:services:201005:${operation}-v1-0`,
    requestRoot: request,
    requestCode: request,
    requestProfile: `urn:nhs-en:profile:${request}`,
  };
}

function required(parameter: Parameter): ParameterUse {
  return { parameter, isRequired: true };
}

function optional(parameter: Parameter): ParameterUse {
  return { parameter, isRequired: false };
}
