/* What the benchmarks share. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "pty.h"

#define RUNS_MAX 64

int bench_missed;

double
bench_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int
bench_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
bench_tell(const char *what, double value, const char *unit, double target)
{
	bool met = value <= target;

	printf("%-52s %8.2f %-5s target %g%s\n", what, value, unit, target,
	    met ? "" : "  MISSED");
	fflush(stdout);
	bench_missed += !met;
}

double
bench_run(const char *words, int wanted)
{
	char command[1024];
	double begin = bench_ms();
	int status;
	bool fine;

	snprintf(
	    command, sizeof(command), "%s %s >/dev/null", mailwizard(), words);
	status = system(command);
	fine = WIFEXITED(status) &&
	    (WEXITSTATUS(status) == wanted ||
		(wanted == BENCH_FINE && WEXITSTATUS(status) <= 1));
	if (!fine) {
		fprintf(stderr, "bench: %s: status %d\n", words, status);
		exit(2);
	}
	return bench_ms() - begin;
}

/* Sorted. */
static void
run_often(const char *words, int wanted, int n, double took[static RUNS_MAX])
{
	for (int i = 0; i < n; i++)
		took[i] = bench_run(words, wanted);
	qsort(took, (size_t)n, sizeof(took[0]), bench_compare);
}

double
bench_median(const char *words, int wanted, int n)
{
	double took[RUNS_MAX] = { 0 };

	run_often(words, wanted, n < RUNS_MAX ? n : RUNS_MAX, took);
	return took[(n < RUNS_MAX ? n : RUNS_MAX) / 2];
}

double
bench_fastest(const char *words, int wanted, int n)
{
	double took[RUNS_MAX] = { 0 };

	run_often(words, wanted, n < RUNS_MAX ? n : RUNS_MAX, took);
	return took[0];
}
