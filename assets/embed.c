/*
 * assets/embed.c - run by make: prints C source that holds the given files.
 *
 *	embed assets/help/spf-ok.txt assets/providers.txt > build/assets.c
 *
 * One string literal for each line of text, so that a diff of the output reads
 * like a diff of the input.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "assets/"

static void
print_octet(int c)
{
	if (c == '\n')
		printf("\\n\"\n\t\"");
	else if (c == '"' || c == '\\' || c == '?')
		printf("\\%c", c);
	else if (c < ' ' || c > '~')
		printf("\\%03o", (unsigned int)c);
	else
		putchar(c);
}

/* One row of assets[]; false, having said why, when it cannot be read. */
static int
print_file(const char *path)
{
	FILE *in = fopen(path, "rb");
	size_t len = 0;
	int bad;
	int c;

	if (in == NULL) {
		perror(path);
		return 0;
	}
	printf("\t{ \"%s\",\n\t\"", path + strlen(FOLDER));
	for (; (c = getc(in)) != EOF; len++)
		print_octet(c);
	printf("\", %zu },\n", len);
	bad = ferror(in);
	if (bad)
		perror(path);
	fclose(in);
	return !bad;
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
main(int argc, char *argv[])
{
	if (argc < 2) {
		fprintf(stderr, "usage: embed assets/FILE...\n");
		return EXIT_FAILURE;
	}
	/* asset_find() halves its way through them. */
	qsort(argv + 1, (size_t)argc - 1, sizeof(argv[0]), by_text);
	puts("/* Made by assets/embed.c.  Do not edit. */\n"
	     "#include \"assets/asset.h\"\n\n"
	     "const struct asset assets[] = {");
	for (int i = 1; i < argc; i++) {
		if (strncmp(argv[i], FOLDER, strlen(FOLDER)) != 0) {
			fprintf(stderr, "%s: not under " FOLDER "\n", argv[i]);
			return EXIT_FAILURE;
		}
		if (!print_file(argv[i]))
			return EXIT_FAILURE;
	}
	printf("};\n\nconst size_t nassets = %d;\n", argc - 1);
	return fflush(stdout) == 0 && !ferror(stdout) ? EXIT_SUCCESS
						      : EXIT_FAILURE;
}
