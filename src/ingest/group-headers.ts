/** Headers above the header that say whose the columns below them are: "Mother", "GP". Pure. */
import type { TableRow } from './table.ts';

/**
 * The headers, with the group before those that are somebody else's: `Mother NHS number`. A group
 * reaches to the next cell that is not empty. What stands in the first column, alone or beside a note,
 * is a title and no group.
 */
export function namesUnderGroups(
  headers: readonly string[],
  above: readonly TableRow[],
): readonly string[] {
  const groups = above.map(({ cells }) => groupsOf(cells));
  return headers.map((header, at) =>
    groups.reduce((name, group) => {
      const word = group.findLast((start) => start.at <= at)?.word ?? '';
      return SOMEBODY_ELSE.test(word) ? `${word} ${name}` : name;
    }, header),
  );
}

interface Group {
  /** 0-based column. */
  readonly at: number;
  readonly word: string;
}

function groupsOf(cells: readonly string[]): readonly Group[] {
  const groups = cells
    .map((cell, at) => ({ at, word: cell.trim().replace(/ *:$/, '') }))
    .filter(({ word }) => word !== '');
  const isTitled = groups.length === 1 || groups.some(({ word }) => NOTE.test(word));
  return isTitled ? groups.filter(({ at }) => at > 0) : groups;
}

/** A date, a year, a figure, or a name with its value. */
const NOTE = /\d{3}|\d[-/.]\d|:/;

/** "The", and of whom: "Patient's mother". Then of what kind. */
const BEFORE =
  "(?:the )?(?:(?:patient|child|client|person|service user|user|pupil)(?:['’]?s['’]?)? )?(?:(?:birth|biological|adoptive|step|foster|legal|main|primary|usual|named|allocated|registered|other|next)[ -]?)?";

/** "Child" and "Contact" are the person's own. */
const PEOPLE =
  'mother|mum|father|dad|parent|grand(?:mother|father|parent)|carer|guardian|of kin|nok|donor|gp|general practi|practice|practitioner|doctor|nurse|midwife|health visitor|referr|consultant|clinician|partner|spouse|husband|wife|sibling|brother|sister|relative|relation|emergency contact|social worker|key ?worker|worker|staff|advocate|attorney|appointee|informant|baby|infant|newborn';

const SOMEBODY_ELSE = new RegExp(`^${BEFORE}(?:${PEOPLE})[\\p{L}'’ /&()-]{0,40}\\d{0,2}$`, 'iu');
