/* The files under assets/ are in the program, octet for octet. */
#include "../harness/unit.h"

#include <stdlib.h>
#include <string.h>

#include "../../assets/asset.h"

static void
names_are_sorted_and_found(void **state)
{
	(void)state;
	assert_true(nassets > 0);
	for (size_t i = 0; i < nassets; i++) {
		if (i > 0)
			assert_true(
			    strcmp(assets[i - 1].name, assets[i].name) < 0);
		assert_ptr_equal(asset_find(assets[i].name), &assets[i]);
	}
}

static void
other_names_are_not_found(void **state)
{
	static const char *const names[] = {
		"",
		"help",
		"help/",
		"help/step-spf",
		"help/step-spf.txt.",
		"HELP/STEP-SPF.TXT",
		"assets/help/step-spf.txt",
		"zzz",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(asset_find(names[i]));
}

/* The tests run in the folder of the source, as make does. */
static void
the_octets_are_those_of_the_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < nassets; i++) {
		char path[512];
		char *text = malloc(assets[i].len + 1);
		FILE *in;
		size_t len;

		assert_non_null(text);
		snprintf(path, sizeof(path), "assets/%s", assets[i].name);
		in = fopen(path, "rb");
		if (in == NULL)
			fail_msg("%s cannot be opened", path);
		len = fread(text, 1, assets[i].len + 1, in);
		fclose(in);
		assert_int_equal(len, assets[i].len);
		assert_memory_equal(text, assets[i].text, len);
		assert_int_equal(assets[i].text[assets[i].len], '\0');
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_sorted_and_found),
		cmocka_unit_test(other_names_are_not_found),
		cmocka_unit_test(the_octets_are_those_of_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
