/** The column by which the clerk finds the record again: MSCA-DQ-04 wants it in an alert. Pure. */

/** Which column names the record in the local system, counted from 0; undefined when none is known. */
export function localIdColumn(headers: readonly string[]): number | undefined {
  const folded = headers.map((header) => header.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  return KNOWN.map((name) => folded.indexOf(name)).find((found) => found >= 0);
}

/** The most telling ones first. A number of the NHS or of a register is never among them. */
const KNOWN = (
  'LOCALPATIENTIDENTIFIER LOCALPATIENTIDENTIFIEREXTENDED LOCALPATIENTID LOCALIDENTIFIER LOCALID ' +
  'PATIENTID PATIENTIDENTIFIER PATIENTNUMBER PATIENTREFERENCE HOSPITALNUMBER HOSPITALNO MRN PASID ' +
  'UNITNUMBER MAINCRN CRN PATIENTGUID PERSONID DIMPERSONID PERSPERSONID MOSAICID CLIENTID ' +
  'SERVICEUSERID CHILDID LAPERSONUNIQUEIDENTIFIER LEGACYID PERSLEGACYID EXTERNALID ' +
  'UNIQUEREFERENCE ROWIDENTIFIER RECORDID RECORDNUMBER REFERENCE ID'
).split(' ');
