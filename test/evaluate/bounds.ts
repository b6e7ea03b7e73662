/**
 * The one-sided upper bound of a proportion of which `count` in `trials` were seen, exact (Clopper and
 * Pearson 1934): 3.0 / trials for none. 1 where nothing was tried, or all of it was seen.
 */
export function upperBound(count: number, trials: number, confidence = 0.95): number {
  if (count >= trials) return 1;
  let [low, high] = [count / trials, 1];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (probabilityOfAtMost(count, trials, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** Of a binomial distribution, summed term by term in logarithms. */
function probabilityOfAtMost(count: number, trials: number, proportion: number): number {
  if (proportion >= 1) return count >= trials ? 1 : 0;
  const odds = Math.log(proportion) - Math.log1p(-proportion);
  let logTerm = trials * Math.log1p(-proportion);
  let sum = Math.exp(logTerm);
  for (let seen = 1; seen <= count; seen += 1) {
    logTerm += Math.log(trials - seen + 1) - Math.log(seen) + odds;
    sum += Math.exp(logTerm);
  }
  return sum;
}
