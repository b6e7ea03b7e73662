/** How often things go wrong in a cohort. */
export type CohortRates =
  /** Raised, so that every kind of damage is seen in 500 rows. */
  | { readonly kind: 'demonstration' }
  /**
   * As published for linkage of hospital and social-care records, each error so many times as often
   * (1: as published; above 0). Mere ways of writing stay as often as they are.
   */
  | { readonly kind: 'documented'; readonly times: number };
