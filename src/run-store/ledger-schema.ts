/** The tables of ledger.sqlite. `PRAGMA user_version` tells one layout from the next. */
export const LEDGER_VERSION = 3;

export const LEDGER_SCHEMA = `
CREATE TABLE about (          -- what the run is: one JSON text for each key
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE subject (        -- the distinct people to trace
  subject_id INTEGER PRIMARY KEY,
  digest BLOB NOT NULL UNIQUE,
  route TEXT NOT NULL,
  demographics TEXT NOT NULL, -- JSON
  row_count INTEGER NOT NULL  -- how many rows share it; 0 once all of them were corrected
);
CREATE TABLE input_row (      -- every data row of the input, once
  row INTEGER PRIMARY KEY,
  cells TEXT NOT NULL,        -- JSON array, as they stood
  findings TEXT NOT NULL,     -- JSON array
  subject_id INTEGER REFERENCES subject,
  problem TEXT,               -- JSON; why it is not sent
  nhs_number TEXT             -- as the row brought it, when it can be one
);
CREATE TABLE answer (         -- what is not here has not happened
  subject_id INTEGER PRIMARY KEY REFERENCES subject,
  kind TEXT NOT NULL,
  result TEXT NOT NULL,       -- JSON
  at TEXT NOT NULL
);
CREATE TABLE progress (       -- how far those came who have no answer yet
  subject_id INTEGER PRIMARY KEY REFERENCES subject,
  progress TEXT NOT NULL      -- JSON
);
CREATE TABLE request (        -- every request that left for the provider
  request_id INTEGER PRIMARY KEY,
  subject_id INTEGER NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  operation TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  sent_at REAL NOT NULL,      -- milliseconds since 1970
  duration_ms REAL NOT NULL,
  code TEXT NOT NULL
);
CREATE TABLE claim (          -- which subject came to which number; made anew by each reconciliation
  subject_id INTEGER PRIMARY KEY,
  nhs_number TEXT NOT NULL
);
CREATE INDEX claim_number ON claim (nhs_number);
CREATE TABLE decision (       -- what the audit trail has of each row: outcome or exception, and number
  row INTEGER PRIMARY KEY,
  said TEXT NOT NULL
);
CREATE TABLE correction (     -- every time that people gave mended rows back
  correction_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  user TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL        -- of the file
);
CREATE TABLE earlier_row (    -- what a row was before a correction
  row INTEGER NOT NULL,
  correction_id INTEGER NOT NULL REFERENCES correction,
  cells TEXT NOT NULL,
  findings TEXT NOT NULL,
  subject_id INTEGER,
  problem TEXT,
  nhs_number TEXT,
  result TEXT,                -- JSON; what had been answered by then
  decided TEXT NOT NULL,      -- JSON; what the run said of it
  PRIMARY KEY (row, correction_id)
) WITHOUT ROWID;
PRAGMA user_version = ${LEDGER_VERSION};
`;
