/** The interface as XPath: what must hold of a reply, and what its codes mean. */

export const NAMESPACES = {
  s: 'http://schemas.xmlsoap.org/soap/envelope/',
  wsa: 'http://www.w3.org/2005/08/addressing',
  itk: 'urn:nhs-itk:ns:201005',
  h: 'urn:hl7-org:v3',
  xsi: 'http://www.w3.org/2001/XMLSchema-instance',
};

/** Holds of an id that is an NHS number. */
export const NHS = "normalize-space(@root)='2.16.840.1.113883.2.1.4.1'";
export const PAYLOAD = '/s:Envelope/s:Body/itk:DistributionEnvelope/itk:payloads/itk:payload/*';

/** Each must hold; the first that does not is named. `$` stands for the payload, `R` for its root. */
export const SHAPE: readonly (readonly [why: string, test: string])[] = [
  ['an instruction', 'not(//processing-instruction())'],
  ['no SOAP envelope', 'boolean(/s:Envelope)'],
  ['several headers', 'count(/s:Envelope/s:Header)<2'],
  ['not one body', 'count(/s:Envelope/s:Body)=1'],
  ['not one thing in the body', 'count(/s:Envelope/s:Body/*)=1'],
  ['no distribution envelope', 'boolean(/s:Envelope/s:Body/itk:DistributionEnvelope)'],
  ['not one list', 'count(/s:Envelope/s:Body/itk:DistributionEnvelope/itk:payloads)=1'],
  [
    'another count',
    "not(/s:Envelope/s:Body/itk:DistributionEnvelope/itk:payloads[@count and normalize-space(@count)!='1'])",
  ],
  [
    'not one payload',
    'count(/s:Envelope/s:Body/itk:DistributionEnvelope/itk:payloads/itk:payload)=1',
  ],
  ['not one root', 'count($)=1'],
  ['not one code', 'count($/h:value)=1 and count($/h:value/@code)=1'],
  [
    'a value that is none',
    "not($/descendant-or-self::*[@nullFlavor or @xsi:nil[normalize-space()='true' or normalize-space()='1']][normalize-space(@code) or normalize-space(@value) or normalize-space(@extension) or text()[normalize-space()]])",
  ],
];

export const SUCCESS: readonly (readonly [why: string, test: string])[] = [
  ['several patients', 'count($//h:patient)<2'],
  [`several numbers`, `count($//h:id[${NHS}])<2`],
  ['a misplaced patient', 'count($//h:patient)=count(PLACE)'],
  ['a number of nobody', `count($//h:id[${NHS}])=count(PLACE/h:id[${NHS}])`],
];

export const ONE_FLAG: readonly (readonly [why: string, test: string])[] = [
  ['several flags', 'count($//h:validIdentifier)<2'],
  ['a flag twice', 'count($//h:validIdentifier/h:value)<2'],
];

export const PERSON_ONCE = [
  ...['h:name', 'h:name/h:family', 'h:name/h:prefix', 'h:patientPerson'],
  ...['h:patientPerson/h:birthTime', 'h:patientPerson/h:deceasedTime'],
  ...['h:patientPerson/h:administrativeGenderCode', 'h:patientPerson/h:gPPractice'],
];

export const KINDS: Readonly<Record<string, string>> = {
  'SMSP-0000': 'success',
  'DEMOG-0001': 'no-match',
  'DEMOG-0007': 'multiple-matches',
  'DEMOG-0017': 'superseded',
  'DEMOG-0022': 'invalidated',
  'DEMOG-0040': 'not-verified',
  'DEMOG-0042': 'not-new-style',
};

export const ROOTS: Readonly<Record<string, string>> = {
  verifyNHSNumber: 'verifyNHSNumberResponse-v1-0',
  getNHSNumber: 'getNHSNumberResponse-v1-0',
};
