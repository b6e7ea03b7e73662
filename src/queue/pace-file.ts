/** What the runs of one machine know of each other's requests: an SQLite file. No person is in it. */

/** Times are those of the machine's own clock, in milliseconds: they go by whatever is done to the clock on the wall. */
export const PACE_FILE = {
  name: 'pace of the runs',
  format: 1,
  schema: `
CREATE TABLE pace (
  provider TEXT PRIMARY KEY,
  next_at REAL NOT NULL,       -- when the next place is due
  last_at REAL NOT NULL,       -- the last place that was taken
  held_until REAL NOT NULL,    -- no place is free before
  served REAL NOT NULL         -- the share of whoever took it
) WITHOUT ROWID;
CREATE TABLE place (           -- those of the last second or so
  provider TEXT NOT NULL,
  place_at REAL NOT NULL,
  counts_at REAL NOT NULL,     -- when it counts as sent
  PRIMARY KEY (provider, place_at)
) WITHOUT ROWID;
CREATE INDEX place_order ON place (provider, counts_at);
CREATE TABLE asker (           -- the runs, as far as they asked lately
  provider TEXT NOT NULL,
  asker TEXT NOT NULL,
  share REAL NOT NULL,         -- how much it has had
  waits_until REAL NOT NULL,   -- until then it counts as waiting
  PRIMARY KEY (provider, asker)
) WITHOUT ROWID;
CREATE TABLE sent (
  provider TEXT NOT NULL,
  day TEXT NOT NULL,           -- in London: 2026-03-29
  requests INTEGER NOT NULL,
  PRIMARY KEY (provider, day)
) WITHOUT ROWID;
`,
};
