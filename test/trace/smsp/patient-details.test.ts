import { describe, expect, it } from 'vitest';
import type { PatientDetails } from '../../../src/domain/trace.ts';
import { RetryableError } from '../../../src/errors.ts';
import { readXml } from '../../../src/lib/xml-read.ts';
import { readPatientDetails } from '../../../src/trace/smsp/patient-details.ts';
import { nhsId, PERSON } from './support/replies.ts';

const NOTHING = { givenNames: [], addresses: [], telecoms: [] };

describe('readPatientDetails', () => {
  it('reads everything', () => {
    expect(detailsOf(nhsId() + PERSON)).toEqual({
      title: 'MS',
      givenNames: ['MARLOWE', 'JUNE'],
      familyName: 'TESTCASTLE',
      gender: '2',
      birthDate: '19540130',
      addresses: [
        {
          use: 'correspondence',
          lines: ['PO BOX 14', '', '', 'MOCKFORD', ''],
          postcode: 'ZZ99 3CZ',
        },
        {
          use: 'usual',
          lines: ['FLAT 2', '14 SAMPLER LANE', '', 'MOCKFORD', 'TESTSHIRE'],
          postcode: 'ZZ99 3VZ',
        },
      ],
      telecoms: ['tel:01632960123', 'tel:07700900456', 'mailto:marlowe@example.invalid'],
      practiceCode: 'Z99999',
    });
  });

  it.each<[string, string, Partial<PatientDetails>]>([
    ['nothing', '', {}],
    ['an empty name', '<name/>', {}],
    [
      'blank parts of a name',
      '<name><prefix/><given/><family> </family></name>',
      { title: '', givenNames: [''], familyName: '' },
    ],
    [
      'a name in mixed text',
      "<name>Dr <given>\n ODETTE  MAY </given>x<family><![CDATA[O'NEILL]]></family></name>",
      { givenNames: ['ODETTE MAY'], familyName: "O'NEILL" },
    ],
    [
      'references and comments',
      '<name><family>FERR&#195;O<!-- x --> &amp; CO</family></name>',
      { familyName: 'FERRÃO & CO' },
    ],
    ['an unknown gender', person('<administrativeGenderCode code="0"/>'), { gender: '0' }],
    ['a gender that is none', person('<administrativeGenderCode code="F"/>'), {}],
    ['a year of birth', person('<birthTime value="1954"/>'), { birthDate: '1954' }],
    ['a time of birth', person('<birthTime value="195401301215"/>'), { birthDate: '195401301215' }],
    ['a blank birth', person('<birthTime value=""/>'), { birthDate: '' }],
    ['a birth without value', person('<birthTime/>'), { birthDate: '' }],
    ['a death', person('<deceasedTime value="20191103"/>'), { deathDate: '20191103' }],
    ['a month of death', person('<deceasedTime value="201911"/>'), { deathDate: '201911' }],
    ['a death without date', person('<deceasedTime/>'), { deathDate: '' }],
    ['a death of unknown date', person('<deceasedTime nullFlavor="UNK"/>'), { deathDate: '' }],
    [
      'a blank practice',
      person(practice('<id root="2.16.840.1.113883.2.1.3.2.4.19.2" extension=""/>')),
      { practiceCode: '' },
    ],
    ['a practice by another code', person(practice('<id root="1.2" extension="Z99999"/>')), {}],
    ['a practice without organisation', person('<gPPractice><addr/></gPPractice>'), {}],
    ['no telecom value', '<telecom use="H"/><telecom value=""/>', {}],
    ['a bare number', '<telecom value="01632 960123"/>', { telecoms: ['01632 960123'] }],
  ])('reads %s', (_, content, details) => {
    expect(detailsOf(content)).toEqual({ ...NOTHING, ...details });
  });

  it.each([
    ['two names', '<name><family>A</family></name><name><family>B</family></name>'],
    ['two family names', '<name><family>A</family><family>B</family></name>'],
    ['two persons', person('') + person('')],
    ['two births', person('<birthTime value="19540130"/><birthTime value="19540131"/>')],
    ['a death twice', person('<deceasedTime value="2019"/><deceasedTime value="2019"/>')],
    [
      'two genders',
      person('<administrativeGenderCode code="1"/><administrativeGenderCode code="2"/>'),
    ],
    ['two postcodes', '<addr><postalCode>A</postalCode><postalCode>B</postalCode></addr>'],
    [
      'two practices',
      person(practice('<id root="2.16.840.1.113883.2.1.3.2.4.19.2" extension="A"/>'.repeat(2))),
    ],
    ['elements in a name', '<name><family>TEST<x/>CASTLE</family></name>'],
    ['elements in a line', '<addr><streetAddressLine>1<b>2</b></streetAddressLine></addr>'],
  ])('refuses %s', (_, content) => {
    expect(() => detailsOf(content)).toThrow(RetryableError);
  });

  it.each([
    ['', 'usual'],
    ['use=""', 'usual'],
    ['use="H"', 'usual'],
    ['use="HP"', 'usual'],
    ['use="TMP"', 'temporary'],
    ['use="PST"', 'correspondence'],
    ['use="PHYS PST"', 'correspondence'],
    ['use="WP"', 'other'],
    ['use="toString"', 'other'],
  ])('reads an address with %j as %s', (attribute, use) => {
    expect(detailsOf(`<addr ${attribute}/>`).addresses).toEqual([{ use, lines: [] }]);
  });

  it('reads four addresses, other numbers of lines, and a postcode that is last or blank', () => {
    const lines =
      '<streetAddressLine>A</streetAddressLine><streetAddressLine> </streetAddressLine>';
    const { addresses } = detailsOf(
      `<addr>${lines}<postalCode/></addr><addr>${lines}</addr><addr/><addr use="TMP"/>`,
    );
    expect(addresses.map(({ postcode }) => postcode)).toEqual([
      '',
      undefined,
      undefined,
      undefined,
    ]);
    expect(addresses.map((address) => address.lines)).toEqual([['A', ''], ['A', ''], [], []]);
  });

  it.each([
    ['20250303', false],
    ['20250304', true],
    ['20250304080000', true],
    ['20241231235959', false],
    ['202502', false],
    ['202503', true],
    ['2024', false],
    ['2025', true],
    ['', true],
    ['x', true],
  ])('keeps what was in use until %j on 4 March 2025: %s', (high, isKept) => {
    const period = `<useablePeriod><low value="2019"/><high value="${high}"/></useablePeriod>`;
    const { telecoms, addresses } = detailsOf(
      `<telecom value="tel:1">${period}</telecom><addr>${period}</addr>`,
    );
    expect([telecoms.length, addresses.length]).toEqual(isKept ? [1, 1] : [0, 0]);
  });
});

function detailsOf(content: string): PatientDetails {
  const patient = readXml(
    `<h:patient xmlns:h="urn:hl7-org:v3" xmlns="urn:hl7-org:v3">${content}</h:patient>`,
  );
  return readPatientDetails(patient, '20250304');
}

function person(content: string): string {
  return `<patientPerson>${content}</patientPerson>`;
}

function practice(content: string): string {
  return `<gPPractice><locationOrganization>${content}</locationOrganization></gPPractice>`;
}
