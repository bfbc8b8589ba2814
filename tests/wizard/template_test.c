/* Templates, and what every quoting does to a hostile value. */
#include "../harness/unit.h"

#include <string.h>

#include "../../wizard/template.h"
#include "../harness/test_arena.h"

static void
check(const char *quoting, const char *value, const char *wanted)
{
	const char *got = template_quote(arena, quoting, value);

	if (wanted == NULL && got != NULL)
		fail_msg("%s of \"%s\" is %s", quoting, value, got);
	if (wanted != NULL && (got == NULL || strcmp(got, wanted) != 0))
		fail_msg("%s of \"%s\" is %s, not %s", quoting, value,
		    got != NULL ? got : "refused", wanted);
}

static const char *const all[] = { "plain", "word", "path", "powershell",
	"shell", "dovecot", "postfix" };

static void
test_refused_by_all(void **state)
{
	static const char *const values[] = { "a\nb", "a\rb", "a\tb", "a\x1b[m",
		"a\x7f", "a\xc2\x85", "a\xe2\x80\xa8", "a\xe2\x80\xae", "\xff",
		"a\xe2\x80" };

	(void)state;
	for (size_t q = 0; q < COUNT(all); q++)
		for (size_t v = 0; v < COUNT(values); v++)
			check(all[q], values[v], NULL);
	check("other", "a", NULL);
}

static void
test_powershell(void **state)
{
	(void)state;
	check("powershell", "", "''");
	check("powershell", "mail.example.org", "'mail.example.org'");
	check("powershell", "it's", "'it''s'");
	check("powershell", "'; Remove-Item C:\\ -Recurse; '",
	    "'''; Remove-Item C:\\ -Recurse; '''");
	check("powershell", "$(calc) `n \"x\"", "'$(calc) `n \"x\"'");
	/* U+2018 U+2019 U+201A U+201B end such a string, too. */
	check("powershell", "\xe2\x80\x98\xe2\x80\x99",
	    "'\xe2\x80\x98\xe2\x80\x98\xe2\x80\x99\xe2\x80\x99'");
	check("powershell", "\xe2\x80\x9a\xe2\x80\x9b",
	    "'\xe2\x80\x9a\xe2\x80\x9a\xe2\x80\x9b\xe2\x80\x9b'");
	/* U+201C is a quote of the other kind: nothing, here. */
	check("powershell", "\xe2\x80\x9c", "'\xe2\x80\x9c'");
}

static void
test_shell(void **state)
{
	(void)state;
	check("shell", "", "''");
	check("shell", "a b", "'a b'");
	check("shell", "it's", "'it'\\''s'");
	check("shell", "$(id) `id` \\ \" !", "'$(id) `id` \\ \" !'");
}

static void
test_settings(void **state)
{
	(void)state;
	check("dovecot", "a b", "\"a b\"");
	check("dovecot", "a\"b\\c", "\"a\\\"b\\\\c\"");
	check("dovecot", "a # b", "\"a # b\"");
	check("dovecot", "%u", NULL);
	check("dovecot", "$x", NULL);
	check("postfix", "a$b", "a$$b");
	check("postfix", "a # b", "a # b");
	check("postfix", " a", NULL);
	check("path", "/etc/ssl/mail.pem", "/etc/ssl/mail.pem");
	check("path", "/etc/z\xc3\xb3\xc5\x82w/a.pem",
	    "/etc/z\xc3\xb3\xc5\x82w/a.pem");
	check("path", "mail.pem", NULL);
	check("path", "/a b", NULL);
	check("path", "/a,b", NULL);
	check("path", "/$a", NULL);
	check("path", "/a#b", NULL);
	check("path", "", NULL);
	check("word", "*@mail-1.example.org:587", "*@mail-1.example.org:587");
	check("word", "a b", NULL);
	check("word", "a;b", NULL);
	check("word", "z\xc3\xb3", NULL);
	check("plain", "a \"b\" 'c'", "a \"b\" 'c'");
}

static const char *const hosts[] = { "a.example", "b.example" };
static const struct template_value values[] = {
	{ .name = "host", .text = "mail.example.org" },
	{ .name = "none", .text = "" },
	{ .name = "null" },
	{ .name = "hosts", .list = hosts, .nlist = 2 },
	{ .name = "bad", .text = "a\nb" },
};
static const struct template_values some = { values, COUNT(values) };

static void
renders(const char *text, const char *wanted)
{
	const char *error;
	const char *got = template_render(arena, str_of(text), &some, &error);

	if (got == NULL)
		fail_msg("%s", error);
	assert_string_equal(got, wanted);
	assert_null(error);
}

static void
fails(const char *text, const char *why)
{
	const char *error = NULL;

	assert_null(template_render(arena, str_of(text), &some, &error));
	assert_non_null(error);
	if (strstr(error, why) == NULL)
		fail_msg("no \"%s\" in \"%s\"", why, error);
}

static void
test_render(void **state)
{
	(void)state;
	renders("", "");
	renders("a\n", "a\n");
	renders("a {{host|word}} {{host|shell}}\n",
	    "a mail.example.org 'mail.example.org'\n");
	renders("{{none|plain}}.\n", ".\n");
	renders("{{if host}}\nyes\n{{end}}\n{{unless host}}\nno\n{{end}}\n",
	    "yes\n");
	renders("{{if none}}\nyes\n{{end}}\n{{unless null}}\nno\n{{end}}\n",
	    "no\n");
	renders("{{each hosts}}\n- {{hosts|word}} {{host|word}}\n{{end}}\nz\n",
	    "- a.example mail.example.org\n- b.example mail.example.org\nz\n");
	renders("{{if hosts}}\nyes\n{{end}}\n", "yes\n");
}

static void
test_faults(void **state)
{
	(void)state;
	fails("a\n{{nothing|plain}}\n", "Line 2: no such value: \"nothing\"");
	fails("{{host}}\n", "no such quoting");
	fails("{{host|none}}\n", "no such quoting");
	fails("{{host|plain\n", "no end of a value");
	fails("{{if host}}\na\n", "without its end");
	fails("{{if nothing}}\na\n{{end}}\n", "no such value");
	fails("{{each nothing}}\na\n{{end}}\n", "no such value");
	fails("{{bad|plain}}\n", "cannot be written there safely (bad)");
	fails("{{if host}}\na\n{{host|path}}\n{{end}}\n", "(host)");
	/* A section that is not there is not read. */
	renders("{{if none}}\n{{bad|plain}}\n{{end}}\n", "");
}

static void
test_condition(void **state)
{
	(void)state;
	assert_true(template_holds(&some, str_of("")));
	assert_true(template_holds(&some, str_of("host")));
	assert_false(template_holds(&some, str_of("!host")));
	assert_false(template_holds(&some, str_of("none")));
	assert_true(template_holds(&some, str_of("!none")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_refused_by_all),
		TEST(test_powershell),
		TEST(test_shell),
		TEST(test_settings),
		TEST(test_render),
		TEST(test_faults),
		TEST(test_condition),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
