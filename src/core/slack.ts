/** Floating point must not decide whether a number that lies exactly at a bound is within it. */
export const SLACK = 1e-9;
