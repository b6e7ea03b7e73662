/**
 * How common given names have been in the United Kingdom among people born in one era.
 *
 * The tables are the project's own work, under its own licence (MIT). They are made from public facts
 * about ranks: the 100 commonest names that the Office for National Statistics lists for England and
 * Wales (every tenth year from 1904 to 1994, every year from 1996; Open Government Licence) and general
 * knowledge of those of Scotland and Northern Ireland. The share that goes with a rank is an estimate
 * on the safe side, rounded up to a tier.
 */
import { foldName } from '../domain/person-name.ts';
import { givenNameShare } from './given-names.ts';

/**
 * The largest share, from above 0 to 1, that this given name has had among the people of one sex born
 * in any one year of the eras of this birth year: never more than `givenNameShare`, which it is for an
 * empty name, an initial and a year that is not a number. Years before the first era count as that,
 * and years to come as the last.
 */
export function givenNameShareIn(givenName: string, birthYear: number): number {
  const inAnyEra = givenNameShare(givenName);
  const folded = foldName(givenName);
  if (Number.isNaN(birthYear) || [...folded].length < 2) return inAnyEra;
  const years = [birthYear - EDGE_YEARS, birthYear, birthYear + EDGE_YEARS];
  const shares = years.map((year) => eraOf(year)?.shares.get(folded) ?? UNLISTED_SHARE);
  return Math.min(inAnyEra, Math.max(...shares));
}

/** A name does not go out of use in a day: near the edge of an era, both eras count. */
const EDGE_YEARS = 10;

/** Whether the table of the era of this birth year has this very name: about its top 100 of each sex. */
export function isCommonGivenNameIn(givenName: string, birthYear: number): boolean {
  return eraOf(birthYear)?.shares.has(foldName(givenName)) === true;
}

/** A calendar year of the last era. Later ones count as this, up to no end. */
const LATEST_YEAR = 2100;

interface EraTier {
  /** At most so many of 1,000 people of one sex, born in any one year of the era, have such a name. */
  readonly bearersPer1000: number;
  /** Upper case, between blanks. */
  readonly names: string;
}

interface GivenNameEra {
  /** The calendar year that ends the era, not part of it. It begins where the one before it ends. */
  readonly bornBefore: number;
  readonly tiers: readonly EraTier[];
}

/**
 * Names of communities, whose people live in the same towns: as high as `givenNameShare` has them, in
 * every era that people who came to the UK as adults were born in as well as their children.
 */
const COMMUNITY_TIERS: readonly EraTier[] = [
  {
    bearersPer1000: 35,
    names: 'MD MOHAMED MOHAMMAD MOHAMMED MOHAMMOD MOHD MUHAMAD MUHAMMAD MUHAMMED',
  },
  { bearersPer1000: 18, names: 'ABDUL' },
  {
    bearersPer1000: 12,
    names: 'ABDULLAH AHMED AISHA ALI AYESHA FATIMA HUSSAIN IBRAHIM MARYAM YUSUF ZAINAB',
  },
  {
    bearersPer1000: 8,
    names: `
      AMANDEEP AMINA BEGUM BIBI GURPREET HAMZA HARPREET HASSAN ISMAIL JASPREET KAUR KHADIJA MANPREET
      OMAR SIMRAN SINGH SYED ZAHRA`,
  },
];

/**
 * Oldest first; in each the commonest first, both sexes together. A name stands where its best year in
 * the era puts it, each spelling for itself. All names of the era's top 50 or so of each sex are there.
 */
export const GIVEN_NAME_ERAS: readonly GivenNameEra[] = [
  {
    bornBefore: 1930,
    tiers: [
      { bearersPer1000: 100, names: 'JOHN MARY WILLIAM' },
      { bearersPer1000: 80, names: 'GEORGE JAMES MARGARET THOMAS' },
      {
        bearersPer1000: 60,
        names: `
          ALBERT ARTHUR CHARLES DORIS DOROTHY FREDERICK JEAN JOAN JOYCE KATHLEEN KENNETH PETER
          ROBERT RONALD`,
      },
      {
        bearersPer1000: 45,
        names: `
          ALFRED ALICE ANNIE BETTY EDITH EDWARD EILEEN ELIZABETH ELSIE ERNEST FLORENCE GLADYS IRENE
          JOSEPH WINIFRED`,
      },
      {
        bearersPer1000: 35,
        names: `
          BARBARA DENNIS DOREEN ETHEL FRANK HAROLD HARRY HENRY HILDA IVY LESLIE LILIAN MARJORIE
          PATRICIA PHYLLIS SHEILA VIOLET`,
      },
      {
        bearersPer1000: 25,
        names: `
          ALAN AUDREY BRIAN DAVID DEREK DONALD EDNA ELLEN ERIC JUNE LEONARD MICHAEL NORMAN PAMELA
          RAYMOND REGINALD ROY STANLEY SYLVIA VERA WALTER`,
      },
      {
        bearersPer1000: 18,
        names: `
          AGNES ALEXANDER ANTHONY BERYL BRENDA CATHERINE CYRIL DOUGLAS EVELYN FRANCIS GEOFFREY
          GORDON HERBERT JACK LILY MAUREEN NELLIE OLIVE PATRICK RICHARD ROSE SARAH SIDNEY`,
      },
      {
        bearersPer1000: 13,
        names: `
          ADA ANDREW ANN ANNE BEATRICE BERNARD CECIL COLIN CONSTANCE EMILY FRANCES GERTRUDE GRACE
          GWENDOLINE HELEN IRIS JANE JANET JESSIE KEITH MABEL MAVIS MAY MURIEL PAULINE PEGGY PERCY
          PHILIP RITA SAMUEL SHIRLEY TERENCE WILFRED`,
      },
      {
        bearersPer1000: 9,
        names: `
          AMY ARCHIBALD BENJAMIN CHRISTINE CHRISTOPHER CLARA CLIFFORD DAISY DANIEL DAPHNE DENIS
          DESMOND DORA EDGAR EDWIN ELEANOR EMMA EVA FRED FREDA GERALD HANNAH HAZEL HORACE HUGH IAN
          IDA JOSEPHINE KATE LAWRENCE LOUISA LUCY MARIA MARIE MARION MARTHA MAUD MAURICE MINNIE
          NANCY NORA NORAH NORMA RALPH ROSEMARY RUBY RUTH STEPHEN SYDNEY THELMA TOM TREVOR VALERIE
          VICTOR`,
      },
    ],
  },
  {
    bornBefore: 1955,
    tiers: [
      { bearersPer1000: 100, names: 'JOHN' },
      { bearersPer1000: 80, names: 'DAVID MARGARET SUSAN WILLIAM' },
      {
        bearersPer1000: 60,
        names: `
          BRIAN CHRISTINE GEORGE JAMES JEAN JOAN KENNETH LINDA MARY MICHAEL PATRICIA PETER ROBERT
          RONALD STEPHEN THOMAS`,
      },
      {
        bearersPer1000: 45,
        names: `
          ALAN ANN ANTHONY BARBARA CAROL CHRISTOPHER DOREEN DOROTHY ELIZABETH JANET JOYCE JUNE
          KATHLEEN MAUREEN PAUL RICHARD SHEILA SHIRLEY`,
      },
      {
        bearersPer1000: 35,
        names: `
          ANDREW ANNE ARTHUR AUDREY BETTY BRENDA CHARLES DENNIS DEREK DORIS EDWARD EILEEN FREDERICK
          IAN IRENE JACQUELINE JANE`,
      },
      {
        bearersPer1000: 25,
        names: `
          ALBERT ANGELA BERYL CATHERINE COLIN DONALD EDNA ELAINE ERIC GILLIAN GLADYS GORDON GRAHAM
          HELEN JENNIFER JOSEPH JULIE KEITH KEVIN LESLEY LESLIE MARJORIE PAMELA PAULINE PHILIP
          RAYMOND ROGER ROY SANDRA SYLVIA TERENCE VALERIE VERA`,
      },
      {
        bearersPer1000: 18,
        names: `
          ALFRED BARRY CAROLE DENISE DIANE EDITH ELSIE ERNEST FLORENCE FRANK GEOFFREY HAROLD HENRY
          HILDA IRIS IVY JUDITH KAREN LEONARD LILIAN LYNN MALCOLM MARINA MARION MARK MARTIN MAVIS
          NIGEL NORMAN OLIVE PATRICK PHYLLIS REGINALD RITA ROSEMARY STANLEY STEVEN VIOLET WENDY
          WINIFRED`,
      },
      {
        bearersPer1000: 13,
        names: `
          ALEXANDER ALICE ALISON ANNIE BERNARD CLIVE CYRIL DAPHNE DEBORAH DOUGLAS ELLEN ETHEL EVELYN
          FRANCES FRANCIS GARY GERALD GWENDOLINE HARRY HAZEL JACK JANICE JOSEPHINE LORRAINE LYNDA
          LYNNE MARIA MARIE MARILYN MAURICE MURIEL NEIL NICHOLAS NORMA PEGGY ROSE SHARON SIMON
          STUART TIMOTHY TREVOR WALTER YVONNE`,
      },
      {
        bearersPer1000: 9,
        names: `
          ADRIAN AGNES ALLAN AMANDA BEVERLEY BRIDGET BRYAN CAROLINE CLIFFORD CONSTANCE CYNTHIA
          DANIEL DENIS DIANA EDWIN ENID FREDA GLORIA GRACE HEATHER HERBERT HILARY HOWARD HUGH
          JEFFREY JESSIE JILL JONATHAN JULIA KATHRYN LAWRENCE LILY MARIAN MARLENE NANCY PHILLIP
          ROBIN RODNEY RUTH SALLY SAMUEL SARAH SIDNEY SYDNEY TERESA THELMA VERONICA VICTOR WILFRED`,
      },
      ...COMMUNITY_TIERS,
    ],
  },
  {
    bornBefore: 1975,
    tiers: [
      { bearersPer1000: 80, names: 'DAVID PAUL SUSAN' },
      {
        bearersPer1000: 60,
        names: 'ANDREW CLAIRE JOHN JULIE KAREN LINDA MARK MICHAEL NICOLA SARAH STEPHEN',
      },
      {
        bearersPer1000: 45,
        names: `
          ALAN ANTHONY CAROL CHRISTINE CHRISTOPHER DEBORAH ELIZABETH EMMA HELEN IAN JACQUELINE JAMES
          JANE JANET JOANNE LISA MARGARET MARY MATTHEW MICHELLE PATRICIA PETER RICHARD ROBERT SHARON
          SIMON TRACEY`,
      },
      {
        bearersPer1000: 35,
        names: `
          ALISON AMANDA ANGELA ANN ANNE BRIAN CAROLINE CATHERINE CLARE DANIEL DARREN DIANE GARY
          JASON KEVIN LEE LOUISE PHILIP RACHEL REBECCA SAMANTHA SANDRA STEVEN TRACY VICTORIA WILLIAM`,
      },
      {
        bearersPer1000: 25,
        names: `
          BARBARA COLIN DAWN DONNA ELAINE GILLIAN GRAHAM JEAN JENNIFER JONATHAN KEITH KENNETH LESLEY
          MARTIN NEIL NICHOLAS NIGEL PAMELA PAULINE STUART THOMAS TIMOTHY WENDY`,
      },
      {
        bearersPer1000: 18,
        names: `
          ADAM ADRIAN ALEXANDER ANDREA BARRY BENJAMIN CARL CRAIG DEAN DEBRA DENISE DEREK GEOFFREY
          GEORGE JANICE JOANNA JUDITH KATHLEEN KELLY KERRY LORRAINE LUCY LYNN LYNNE MALCOLM MARIA
          MAUREEN MELANIE PAULA RAYMOND SALLY SCOTT SEAN SHAUN SHEILA SUZANNE TERENCE TREVOR VALERIE
          WAYNE YVONNE ZOE`,
      },
      {
        bearersPer1000: 13,
        names: `
          ANNA BEVERLEY BRENDA CAROLE CHARLES CHARLOTTE CLIVE DENNIS EDWARD EILEEN FIONA GARETH
          GORDON HAYLEY HEATHER JAMIE JAYNE JOAN JOSEPH JULIA JUNE JUSTIN KATHERINE KATHRYN LAURA
          LESLIE LYNDA MANDY MARIE MARILYN MARION NATALIE NATASHA PATRICK ROGER RONALD ROSEMARY ROY
          RUTH SARA SHIRLEY TERESA TINA`,
      },
      {
        bearersPer1000: 9,
        names: `
          ALLAN ANNETTE ANTONY CAROLYN CHERYL CHRISTIAN DAMIAN DOMINIC DONALD DOROTHY DOUGLAS DUNCAN
          ERIC FRANCES FRANCIS GAIL GAVIN GERALD HANNAH HILARY HOWARD IRENE JEFFREY JEREMY JILL
          JOSEPHINE JOYCE JULIAN KARL KIM KIRSTY MARC MARIAN NATHAN PHILLIP RACHAEL ROBIN RUSSELL
          SHANE STEPHANIE SYLVIA THERESA TONY VANESSA`,
      },
      ...COMMUNITY_TIERS,
    ],
  },
  {
    bornBefore: 1995,
    tiers: [
      { bearersPer1000: 60, names: 'CHRISTOPHER CLAIRE MARK PAUL SARAH' },
      {
        bearersPer1000: 45,
        names: `
          ANDREW DANIEL DAVID EMMA GEMMA JAMES JOANNE LAURA LISA MATTHEW MICHAEL NICOLA REBECCA
          RICHARD SAMANTHA THOMAS VICTORIA`,
      },
      {
        bearersPer1000: 35,
        names: `
          AMY HELEN JACK JESSICA JOHN JOSHUA KAREN LAUREN LEE LOUISE MICHELLE RACHEL ROBERT SIMON
          STEPHEN`,
      },
      {
        bearersPer1000: 25,
        names: `
          ADAM ALEXANDER ALISON AMANDA ANGELA ANTHONY BENJAMIN CAROLINE CATHERINE CHARLOTTE CHLOE
          CLARE CRAIG DARREN DEBORAH DONNA ELIZABETH EMILY GARY HANNAH HAYLEY IAN JANE JASON
          JENNIFER JONATHAN JORDAN JOSEPH JULIE KATIE KELLY LUCY LUKE NATALIE NEIL NICHOLAS PETER
          RYAN SAMUEL SHARON SOPHIE STEVEN SUSAN TRACEY TRACY WILLIAM`,
      },
      {
        bearersPer1000: 18,
        names: `
          ALAN ALICE ANDREA BETHANY CALLUM CONNOR DANIELLE DAWN GEORGE HARRY HOLLY JACQUELINE JADE
          JAKE JAMIE KATHERINE KERRY KEVIN LEANNE LEWIS LIAM MARTIN MEGAN MELANIE OLIVER PHILIP
          SALLY SCOTT STACEY STEPHANIE STUART SUZANNE TIMOTHY WAYNE ZOE`,
      },
      {
        bearersPer1000: 13,
        names: `
          AARON ABIGAIL ADRIAN ALEXANDRA ANNA ANNE ASHLEY BARRY BEN BRADLEY CAMERON CARL CHARLES
          CHARLIE CHELSEA CHRISTINE COLIN DEAN EDWARD ELEANOR FIONA GARETH GEORGIA GILLIAN GRAHAM
          HEATHER JACOB JENNA JOANNA JUSTIN KATE KATHRYN KIERAN KIMBERLEY KIRSTY KYLE LORRAINE MARIA
          MARIE NATASHA NATHAN OLIVIA PAIGE PAULA RACHAEL SAM SARA SEAN SHANNON SHAUN TINA WENDY`,
      },
      {
        bearersPer1000: 9,
        names: `
          ALEX AMBER ASHLEIGH BRIAN CARLY CHERYL CHRISTIAN DALE DOMINIC FRANCESCA GAVIN GEORGINA
          GRACE HARRIET JASMINE JEMMA JEREMY JODIE JOE JULIA KARL KATY KAYLEIGH KEITH LEAH MARC MARY
          MELISSA MOLLY NAOMI NICOLE NIGEL PATRICK PHILLIP REECE RHYS ROSS RUSSELL RUTH`,
      },
      ...COMMUNITY_TIERS,
    ],
  },
  {
    bornBefore: Number.POSITIVE_INFINITY,
    tiers: [
      { bearersPer1000: 35, names: 'DANIEL JACK JAMES JOSHUA THOMAS' },
      {
        bearersPer1000: 25,
        names: `
          AMELIA AMY BENJAMIN CHARLOTTE CHLOE ELLIE EMILY GEORGE HANNAH HARRY JESSICA JOSEPH LAUREN
          LUKE MATTHEW MEGAN OLIVER OLIVIA REBECCA RYAN SAMUEL SOPHIE WILLIAM`,
      },
      {
        bearersPer1000: 18,
        names: `
          ABIGAIL ADAM ALEXANDER ALFIE ALICE ANDREW ARTHUR AVA BETHANY CALLUM CHARLIE CHRISTOPHER
          CONNOR DANIELLE ELLA EMMA ETHAN EVIE GEORGIA GRACE HENRY HOLLY ISABELLA ISLA JACOB JADE
          JAKE JORDAN KATIE LAURA LEO LEWIS LIAM LILY LUCY MIA MICHAEL MOLLY NOAH OSCAR POPPY RACHEL
          RUBY SAMANTHA SARAH`,
      },
      {
        bearersPer1000: 13,
        names: `
          AARON ARCHIE BEN BRADLEY CAITLIN CAMERON CHELSEA DAISY DAVID DYLAN EDWARD ELEANOR
          ELIZABETH ELSIE ERIN EVELYN FINLEY FLORENCE FREDDIE FREYA HARRISON HARVEY ISAAC ISABELLE
          IVY JAMIE JASMINE JENNIFER JOHN JONATHAN KIERAN KYLE LEAH LOGAN LUCA LUCAS MADISON MASON
          MAX MILLIE NATASHA NATHAN OWEN PAIGE PHOEBE RILEY ROBERT ROSIE SCARLETT SCOTT SHANNON
          SIENNA SOPHIA SUMMER THEO THEODORE TYLER VICTORIA WILLOW ZOE`,
      },
      {
        bearersPer1000: 9,
        names: `
          ABBIE ADA AIDAN ALBIE ALEX ALEXANDRA AMBER AMELIE ANNA ANTHONY ARIA ARLO ASHLEIGH ASHLEY
          AURORA BLAKE BOBBY BONNIE BRANDON BROOKE CATHERINE CHARLES CLAIRE CONOR COURTNEY CRAIG
          DEAN DECLAN DELILAH DOMINIC ELIJAH ELIZA ELLIOT ELODIE EMILIA ESME EVA EVAN FINLAY
          FRANCESCA FREDERICK GEMMA GEORGINA GRACIE HARPER HARRIET HAYLEY HOLLIE HUGO HUNTER IMOGEN
          IRIS JASON JAXON JAYDEN JODIE JOE JOEL JUDE KAI KATHERINE KAYLEIGH KEIRA KELLY KIMBERLEY
          KIRSTY LACEY LAYLA LEANNE LEE LEXI LIBBY LOLA LOTTIE LOUIE LOUIS LOUISE LUNA LYDIA MAEVE
          MAISIE MARGOT MARK MARTHA MATILDA MAYA MELISSA MILA NANCY NAOMI NATALIE NIAMH NICHOLAS
          NICOLA NICOLE PENELOPE PETER REECE REGGIE REUBEN RHYS RICHARD ROMAN RORY ROSE ROSS SAM
          SEAN SEBASTIAN SOFIA STANLEY STEPHANIE STEPHEN STEVEN TEDDY THEA TILLY TOBY TOMMY VIOLET
          ZACHARY ZARA`,
      },
      ...COMMUNITY_TIERS,
    ],
  },
];

/** What a name that its era does not list has at most: about that of the 45th of a sex. */
const UNLISTED_SHARE = 0.007;

const SHARES_BY_ERA = GIVEN_NAME_ERAS.map(({ bornBefore, tiers }) => ({
  bornBefore,
  shares: new Map(
    tiers.flatMap(({ bearersPer1000, names }) =>
      namesOf(names).map((name) => [foldName(name), bearersPer1000 / 1000] as const),
    ),
  ),
}));

function namesOf(names: string): string[] {
  return names.trim().split(/\s+/);
}

function eraOf(birthYear: number): (typeof SHARES_BY_ERA)[number] | undefined {
  const year = Math.min(birthYear, LATEST_YEAR);
  return SHARES_BY_ERA.find(({ bornBefore }) => year < bornBefore);
}
