/** Whose requests go first where several runs ask one provider; the first goes before the second. */
export const PRIORITIES = ['high', 'normal', 'low'] as const;

export type Priority = (typeof PRIORITIES)[number];
