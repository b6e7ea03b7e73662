/**
 * What stands on everything of a run that shows a patient's data to people (MSCA-IG-04). Not in the CSV files: programs
 * load them, by columns that are fixed.
 */
export const PROTECTIVE_LABEL = 'NHS Confidential: Personal Data about a patient';
