/*
 * tests/harness/bench.h - what the benchmarks share: the clock, and a line for
 * each figure beside its target.
 */
#ifndef BENCH_H
#define BENCH_H

#include <stdbool.h>

extern int bench_missed; /* targets, so far */

double bench_ms(void); /* CLOCK_MONOTONIC */

/* One line: what, how much, and the most it may be. */
void bench_tell(
    const char *what, double value, const char *unit, double target);

#define BENCH_FINE (-1) /* it ran, whatever it found: 0 or 1 */

/*
 * Runs the program with these words, which a shell reads; milliseconds.  Any
 * exit status but `wanted` ends the benchmark.
 */
double bench_run(const char *words, int wanted);

/* The median, and the fastest, of `n` such runs. */
double bench_median(const char *words, int wanted, int n);
double bench_fastest(const char *words, int wanted, int n);

/* For qsort() of doubles. */
int bench_compare(const void *, const void *);

#endif
