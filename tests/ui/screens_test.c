/* Whole screens: a zone, keys, and what must be seen then. */
#include "screen.h"

#include "wizard.h"

/* <Name> of keys; all else stands for itself. */
static const struct {
	const char *name;
	uint32_t key;
} names[] = {
	{ "Enter", K_ENTER },
	{ "Esc", K_ESC },
	{ "Tab", K_TAB },
	{ "S-Tab", K_BACKTAB },
	{ "Up", K_UP },
	{ "Down", K_DOWN },
	{ "Left", K_LEFT },
	{ "Right", K_RIGHT },
	{ "Home", K_HOME },
	{ "End", K_END },
	{ "PgDn", K_PAGE_DOWN },
	{ "Del", K_DELETE },
	{ "BS", K_BACKSPACE },
	{ "F1", K_F1 },
	{ "F2", K_F1 + 1 },
	{ "F5", K_F1 + 4 },
	{ "F6", K_F1 + 5 },
	{ "F7", K_F1 + 6 },
	{ "C-n", CONTROL('N') },
	{ "C-u", CONTROL('U') },
	{ "C-x", CONTROL('X') },
	{ "C-c", CONTROL('C') },
};

static uint32_t
take_key(const char **keys)
{
	const char *p = *keys;
	const char *end = strchr(p, '>');

	if (*p == '<' && end != NULL)
		for (size_t i = 0; i < COUNT(names); i++) {
			size_t len = strlen(names[i].name);

			if (len != (size_t)(end - p - 1) ||
			    strncmp(p + 1, names[i].name, len) != 0)
				continue;
			*keys = end + 1;
			return names[i].key;
		}
	*keys = p + 1;
	return (unsigned char)*p;
}

/* Everything that was begun is done, and typing has paused. */
static void
wizard_rest(struct wizard *w)
{
	session_wait(w->session, 5000);
	ui_tick(&w->ui, w->ui.now_ms + UI_IDLE_MS);
	session_wait(w->session, 5000);
	ui_tick(&w->ui, w->ui.now_ms);
}

static void
wizard_keys(struct wizard *w, const char *keys)
{
	wizard_rest(w);
	while (*keys != '\0') {
		uint32_t key = take_key(&keys);

		ui_key(&w->ui, key, NULL);
		if (key >= K_NONE || key < ' ')
			wizard_rest(w);
	}
	wizard_rest(w);
}

/* The day of the test is no part of the screen, nor is its year. */
static void
mask_date(char *text)
{
	char *p = text;

	for (; (p = strstr(p, "mail20")) != NULL; p += 6)
		if (p[8] == 'a' || p[8] == 'b')
			memset(p + 6, '9', 2);
	p = strstr(text, "Checked ");

	for (p = p == NULL ? NULL : p + 8; p != NULL && *p != '\n'; p++)
		if (*p >= '0' && *p <= '9')
			*p = '9';
}

enum size { FULL = 1, SMALL = 2, WIDE = 4, TINY = 8, STAMP = 16 };
#define ALL (FULL | SMALL | WIDE | TINY)

static const struct {
	int rows, cols;
	const char *name;
} sizes[] = {
	{ 24, 80, "80x24" },
	{ 20, 60, "60x20" },
	{ 43, 132, "132x43" },
	{ 12, 40, "40x12" },
	{ 8, 30, "30x8" },
};

/* A row with a zone begins a session; those after it go on with that. */
static const struct {
	const char *zone;
	const char *domain; /* NULL: the first screen */
	const char *keys;
	const char *name; /* of the golden screen */
	unsigned int sizes;
} cases[] = {
	{ "broken", NULL, "", "start", ALL },
	{ .keys = "example..org", .name = "start-wrong", .sizes = FULL },
	{ .keys = "<C-u>https://Example.org/<Enter>mail.example.org<Enter>",
	    .name = "start-typed",
	    .sizes = ALL },

	{ "broken", "example.org", "", "domain", ALL | STAMP },
	{ .keys = "<Tab><Tab><Tab><Tab><Tab><Enter>",
	    .name = "domain-records",
	    .sizes = FULL | TINY },
	{ .keys = "<Esc><Tab><Enter>",
	    .name = "domain-finding",
	    .sizes = FULL | SMALL },
	{ .keys = "<Enter>", .name = "domain-mend", .sizes = FULL | SMALL },
	{ .keys = "<Esc><Esc><C-n>", .name = "spf", .sizes = ALL },
	{ .keys = "n", .name = "spf-findings", .sizes = FULL },
	{ .keys = "<Down><Enter>", .name = "spf-finding", .sizes = ALL },
	{ .keys = "<Esc><Esc>a<Down><Down><Down>",
	    .name = "spf-add",
	    .sizes = ALL },
	{ .keys = "<Enter>", .name = "spf-services", .sizes = ALL },
	{ .keys = "mailchimp<Down>",
	    .name = "spf-service-unneeded",
	    .sizes = FULL | TINY },
	{ .keys = "<Esc><Down><Enter>", .name = "spf-edit", .sizes = ALL },
	{ .keys = "<Esc><C-n>", .name = "dkim", .sizes = ALL },
	{ .keys = "<Tab><Tab>mail2026<Tab>",
	    .name = "dkim-named",
	    .sizes = FULL },
	{ .keys = "<C-n>", .name = "dmarc", .sizes = ALL },
	{ .keys = "n<Enter>", .name = "dmarc-finding", .sizes = ALL },
	{ .keys = "<Enter>", .name = "dmarc-mend", .sizes = ALL },
	{ .keys = "<Esc><Esc><C-n>", .name = "ports-unseen", .sizes = FULL },
	{ .keys = "<C-n><C-n><C-n>", .name = "list", .sizes = ALL },
	{ .keys = "<Enter>", .name = "list-item", .sizes = FULL },
	{ .keys = "<Esc><F2><Up><Up><Up><Up><Up><Up><Enter><Del><F6>",
	    .name = "spf-compare",
	    .sizes = FULL | SMALL },

	{ "broken", "example.org",
	    "<C-n><Tab><Tab><Tab><Tab><Tab><Enter>n<Down><Down><Enter>",
	    "spf-repaired", FULL },
	{ .keys = "<Enter>", .name = "spf-repaired-publish", .sizes = FULL },

	{ "broken", "example.org", "<Tab><Tab>news other.example.org<Tab>",
	    "domain-subdomains", ALL },

	{ "good", "example.org", "", "domain-good", FULL },
	{ .keys = "<C-n>", .name = "spf-good", .sizes = FULL | TINY },
	{ .keys = "<F7>", .name = "spf-try", .sizes = FULL | TINY },
	{ .keys = "<Esc>t", .name = "spf-address", .sizes = ALL },
	{ .keys = "<C-u>203.0.113.9",
	    .name = "spf-address-stranger",
	    .sizes = FULL },
	{ .keys = "<Esc><F1>", .name = "help", .sizes = ALL },
	{ .keys = "<PgDn><PgDn>", .name = "help-keys", .sizes = FULL },
	{ .keys = "<Esc><F2>", .name = "steps", .sizes = FULL | TINY },
	{ .keys = "<Esc><C-x>", .name = "quit", .sizes = FULL | TINY },
	{ .keys = "<Esc>a<Down><Enter>192.0.2.300",
	    .name = "spf-new",
	    .sizes = FULL | TINY },
	{ .keys = "<BS><Enter>", .name = "spf-added", .sizes = FULL },
	{ .keys = "<Del>u<C-n>", .name = "dkim-good", .sizes = ALL },
	{ .keys = "<Tab><Tab><Tab><Enter>",
	    .name = "dkim-records",
	    .sizes = FULL },
	{ .keys = "<Esc><C-n>", .name = "dmarc-good", .sizes = ALL },
	{ .keys = "<Left>", .name = "dmarc-chosen", .sizes = FULL },
	{ .keys = "<Tab><Down><Enter>", .name = "dmarc-path", .sizes = ALL },
	{ .keys = "<Esc><Down><Enter>", .name = "dmarc-align", .sizes = ALL },
	{ .keys = "<Tab>b@mcsv.net<Tab>mail.example.org<Tab>",
	    .name = "dmarc-align-typed",
	    .sizes = ALL },
	{ .keys = "<Esc><C-n><C-n><C-n><C-n>",
	    .name = "list-undone",
	    .sizes = FULL },

	{ "good", "example.org",
	    "<C-n><C-n><C-n><Down><Down><Down><Down><Down><Down><Down><Down>"
	    "f@example.org<Down><Down> ",
	    "dmarc-fo", ALL },

	{ "empty", "example.org", "<C-n>", "spf-none", FULL },
	{ .keys = "<Tab><Tab><Enter>", .name = "spf-publish", .sizes = ALL },
	{ .keys = "<S-Tab><Right><Right>",
	    .name = "spf-powershell",
	    .sizes = FULL },

	{ "good", "example.org", "<C-n>a<Down><Enter>10.1.2.3", "spf-advice",
	    ALL },

	{ "hosted", "example.org", "<C-n>", "spf-hosted", ALL },

	{ "empty", "example.org", "<C-n><C-n><Tab><Enter>", "dkim-key", ALL },
	{ .keys = "<Right>", .name = "dkim-key-read", .sizes = FULL },
	{ .keys = "<Right>", .name = "dkim-key-paste", .sizes = FULL | TINY },
	{ .keys = "<Tab><Tab>v=DKIM1; k=ed25519; "
		  "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=<Tab><Enter>",
	    .name = "dkim-planned",
	    .sizes = ALL },
	{ .keys = "<Tab><Tab><Enter>", .name = "dkim-publish", .sizes = ALL },
	{ .keys = "<Esc><Tab><Tab><Right><Right><Right><Enter>",
	    .name = "dkim-sign",
	    .sizes = ALL },
	{ .keys = "<Left><Left>", .name = "dkim-sign-exchange", .sizes = FULL },

	{ "good", "example.org",
	    "<C-n><C-n><Tab><Enter><Right><Right><Tab><C-u>next<Tab>v=DKIM1; "
	    "k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=<Tab>"
	    "<Enter>",
	    "dkim-two-keys", ALL },
	{ .keys = "<Tab><Tab><Tab><Enter>", .name = "dkim-turn", .sizes = ALL },

	{ "parked", "example.org", "<Tab><Tab><Tab> <Tab> <C-n>", "spf-no-mail",
	    ALL },
	{ .keys = "<Tab><Tab><Enter>",
	    .name = "spf-no-mail-publish",
	    .sizes = FULL | TINY },
	{ .keys = "<Esc><C-n>", .name = "dkim-no-mail", .sizes = ALL },
	{ .keys = "<C-n><C-n><C-n><C-n><C-n>",
	    .name = "list-no-mail",
	    .sizes = FULL },

	{ "demo", NULL, "<C-n><C-n><C-n><C-n><C-n>", "pop3", ALL },
	{ .keys = "n", .name = "pop3-problem", .sizes = ALL },
	{ .keys = "<Enter>", .name = "pop3-finding", .sizes = ALL },
	{ .keys = "<Enter>", .name = "server", .sizes = ALL },
	{ .keys = "<Tab>/etc/ssl/my chain.pem<Down>",
	    .name = "server-path",
	    .sizes = FULL },
	{ .keys = "<Up><C-u><Down><Down><Down><Enter>",
	    .name = "server-block",
	    .sizes = ALL },
	{ .keys = "<Esc><S-Tab><S-Tab><Left>",
	    .name = "server-exchange",
	    .sizes = ALL },
	{ .keys = "<Right><Right><Right>",
	    .name = "server-other",
	    .sizes = FULL },
	{ .keys = "<Esc><Esc><C-n>", .name = "imap4", .sizes = ALL },
	{ .keys = "<Tab><Tab>143", .name = "imap4-typed", .sizes = FULL },
	{ .keys = "<C-u>8143<Tab>", .name = "imap4-wrong", .sizes = FULL },
	{ .keys = "<S-Tab><C-u><C-n>", .name = "submission", .sizes = ALL },
	{ .keys = "<Right>", .name = "submission-unused", .sizes = ALL },

	{ "long", "example.org", "<C-n>", "spf-long", FULL | WIDE },
	{ .keys = "<End><Up>", .name = "spf-long-end", .sizes = FULL | TINY },
};

/* What holds for every screen. */
static void
rules_hold(struct screen *s)
{
	assert_in_range(s->cursor.y, 0, s->rows - 1);
	assert_in_range(s->cursor.x, 0, s->cols - 1);
	if (s->rows < 12 || s->cols < 40)
		return;
	assert_non_null(strchr(screen_text(s), '>')); /* the focus */
	assert_non_null(strstr(s->text, "Quit")); /* the way out */
}

static void
compare(struct screen *s, struct wizard *w, const char *name, size_t size)
{
	char file[64];
	struct canvas canvas;

	screen_resize(s, sizes[size].rows, sizes[size].cols);
	canvas = screen_canvas(s);
	ui_draw(&w->ui, &canvas);
	rules_hold(s);
	screen_text(s);
	mask_date(s->text);
	snprintf(file, sizeof(file), "%s-%s", name, sizes[size].name);
	screen_is_text(s, file);
}

static void
screens_are_as_read(void **state)
{
	struct screen s;
	struct wizard w = { 0 };

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	for (size_t i = 0; i < COUNT(cases); i++) {
		if (cases[i].zone != NULL) {
			if (w.session != NULL)
				wizard_end(&w);
			wizard_begin(&w, cases[i].zone, cases[i].domain);
		}
		w.ui.rows = 24;
		w.ui.cols = 80;
		wizard_keys(&w, cases[i].keys);
		for (size_t j = 0; j < COUNT(sizes); j++)
			if ((cases[i].sizes & 1u << j) != 0)
				compare(&s, &w, cases[i].name, j);
	}
	wizard_end(&w);
	screen_free(&s);
}

/* A size and back: the same screen, focus and cursor. */
static void
resizing_changes_nothing(void **state)
{
	static const int storm[][2] = { { 12, 40 }, { 5, 20 }, { 60, 200 },
		{ 20, 60 }, { 24, 80 } };
	static const char *const keys[] = { "", "<C-n><Down><Down>", "a<Down>",
		"<Enter>192.0.2.1<Left><Left>", "<F1>", "<PgDn><PgDn>" };
	struct screen s;
	struct wizard w;
	static char before[sizeof(s.text)];

	(void)state;
	screen_new(&s, "xterm-256color", 24, 80, true);
	wizard_begin(&w, "long", "example.org");
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct canvas canvas = screen_canvas(&s);
		struct place cursor;

		ui_draw(&w.ui, &canvas); /* a page is what was seen */
		canvas = screen_canvas(&s);

		wizard_keys(&w, keys[i]);
		ui_draw(&w.ui, &canvas);
		memcpy(before, screen_text(&s), sizeof(before));
		cursor = s.cursor;
		for (size_t j = 0; j < COUNT(storm); j++) {
			screen_resize(&s, storm[j][0], storm[j][1]);
			canvas = screen_canvas(&s);
			ui_draw(&w.ui, &canvas);
		}
		assert_string_equal(screen_text(&s), before);
		assert_int_equal(s.cursor.x, cursor.x);
		assert_int_equal(s.cursor.y, cursor.y);
	}
	wizard_end(&w);
	screen_free(&s);
}

static void
ascii_is_ascii(void **state)
{
	struct screen s;
	struct wizard w;
	struct canvas canvas;

	(void)state;
	screen_new(&s, "vt100", 24, 80, false);
	wizard_begin(&w, "broken", "example.org");
	wizard_keys(&w, "<C-n>");
	canvas = screen_canvas(&s);
	ui_draw(&w.ui, &canvas);
	screen_text(&s);
	for (const char *p = s.text; *p != '\0'; p++)
		assert_in_range(*p, '\n', '~');
	screen_is_text(&s, "spf-ascii");
	wizard_end(&w);
	screen_free(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_are_as_read),
		cmocka_unit_test(resizing_changes_nothing),
		cmocka_unit_test(ascii_is_ascii),
	};

	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
