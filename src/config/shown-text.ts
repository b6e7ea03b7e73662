/** Text of people's own that is shown to others and put on record: short, and with nothing that steers a terminal. */
import { z } from 'zod';

/** Control characters, line breaks, and what hides text or turns the direction of reading. */
const PLAIN = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

export function shownText(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(PLAIN, 'write it on one line, without control characters');
}
