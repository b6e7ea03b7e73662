/** The columns of matched.csv and exceptions.csv beside the input's own. */

export const TRACE_COLUMNS = [
  'trace_row',
  'trace_nhs_number',
  'trace_outcome',
  'trace_nhs_number_status',
  'trace_response_code',
  'trace_step',
  'trace_source',
  'trace_message_id',
  'trace_at',
] as const;

export const EXCEPTION_COLUMNS = [
  'exception_code',
  'exception_reason',
  'exception_action',
  'exception_candidate',
] as const;

/** What stands beside the input's own columns. */
export const TRACE_AND_EXCEPTION_COLUMNS = [...TRACE_COLUMNS, ...EXCEPTION_COLUMNS] as const;
