/* ui/input.c - reads keys out of the terminal's octets; see input.h */
#include <ctype.h>
#include <string.h>
#include <wchar.h>

#include "../checks/base/utf8.h"
#include "input.h"

#define ESC	     27
#define STRING_MAX   1024 /* of an OSC or DCS answer; then it is dropped */
#define PASTE_BEGIN  "\033[200~"
#define PASTE_END    "\033[201~"
#define PASTE_LEN    6
#define NOT_ALL_HERE ((size_t)-1)

void
input_begin(struct input *in, int esc_ms, bool utf8)
{
	memset(in, 0, sizeof(*in));
	in->esc_ms = esc_ms;
	in->utf8 = utf8;
	in->esc_given_ms = INT64_MIN / 2;
}

void
input_end(struct input *in)
{
	paste_clear(&in->paste);
}

void
input_learn(struct input *in, const char *octets, uint32_t key)
{
	size_t len = strlen(octets);
	struct learned *one = &in->learned[in->nlearned];

	if (in->nlearned == INPUT_LEARNED || len < 2 ||
	    len > sizeof(one->octets) || octets[0] != ESC)
		return;
	memcpy(one->octets, octets, len);
	one->len = len;
	one->key = key;
	in->nlearned++;
}

size_t
input_room(const struct input *in)
{
	return sizeof(in->octets) - in->have;
}

/*
 * Without brackets a paste looks like fast typing.  Nobody types three
 * characters and Enter within one read; a script does, and then Enter comes
 * last.  So an Enter in the middle makes it a paste, and one at the end makes
 * us wait for a moment whether more follows.
 */
static void
look_for_burst(struct input *in, const unsigned char *octets, size_t n)
{
	size_t text = 0;
	size_t from = 0; /* behind the last key that is no text */
	bool enter = false;

	for (size_t i = 0; i < n; i++) {
		if (octets[i] == '\r' || octets[i] == '\n') {
			enter = true;
		} else if (octets[i] >= ' ' && octets[i] != 127) {
			text++;
		} else if (octets[i] != '\t') {
			enter = false;
			text = 0;
			from = i + 1;
		}
	}
	if (!enter || text < 3)
		return;
	in->burst = true;
	in->burst_at = in->have + from;
}

void
input_feed(struct input *in, const void *octets, size_t n, int64_t now_ms)
{
	if (n > input_room(in))
		n = input_room(in);
	if (n > 0 && in->have == 1 && in->octets[0] == ESC)
		in->esc_apart =
		    strchr("[O]PX^_\033", *(const char *)octets) == NULL;
	if (!in->pasting && !in->burst)
		look_for_burst(in, octets, n);
	memcpy(in->octets + in->have, octets, n);
	in->have += n;
	in->came_ms = now_ms;
}

static void
drop(struct input *in, size_t n)
{
	if (in->burst && n > in->burst_at)
		in->burst = false; /* it was the end of a sequence */
	in->burst_at -= n < in->burst_at ? n : in->burst_at;
	in->esc_apart = false;
	in->have -= n;
	memmove(in->octets, in->octets + n, in->have);
}

/* Is there an Enter with text behind it? */
static bool
has_lines(const struct input *in)
{
	bool enter = false;

	for (size_t i = 0; i < in->have; i++) {
		if (in->octets[i] == '\r' || in->octets[i] == '\n')
			enter = true;
		else if (enter && in->octets[i] > ' ')
			return true;
	}
	return false;
}

/* ESC [ number ~ */
static uint32_t
key_by_number(unsigned int number)
{
	static const uint32_t keys[] = {
		[1] = K_HOME,
		[2] = K_INSERT,
		[3] = K_DELETE,
		[4] = K_END,
		[5] = K_PAGE_UP,
		[6] = K_PAGE_DOWN,
		[7] = K_HOME,
		[8] = K_END,
		[11] = K_F1,
		[12] = K_F1 + 1,
		[13] = K_F1 + 2,
		[14] = K_F1 + 3,
		[15] = K_F1 + 4,
		[17] = K_F1 + 5,
		[18] = K_F1 + 6,
		[19] = K_F1 + 7,
		[20] = K_F1 + 8,
		[21] = K_F1 + 9,
		[23] = K_F1 + 10,
		[24] = K_F1 + 11,
	};

	return number < COUNT(keys) && keys[number] != 0 ? keys[number]
							 : K_NONE;
}

/* ESC [ letter, ESC O letter; with Shift, Alt or Ctrl it is another key. */
static uint32_t
key_by_letter(unsigned char letter, bool modified)
{
	static const struct {
		unsigned char letter;
		uint32_t plain, modified;
	} keys[] = {
		{ 'A', K_UP, K_MOVE_UP },
		{ 'B', K_DOWN, K_MOVE_DOWN },
		{ 'C', K_RIGHT, K_NONE },
		{ 'D', K_LEFT, K_NONE },
		{ 'H', K_HOME, K_HOME },
		{ 'F', K_END, K_END },
		{ 'P', K_F1, K_NONE },
		{ 'Q', K_F1 + 1, K_NONE },
		{ 'R', K_F1 + 2, K_NONE },
		{ 'S', K_F1 + 3, K_NONE },
		{ 'Z', K_BACKTAB, K_BACKTAB },
		{ 'a', K_MOVE_UP, K_NONE }, /* rxvt, with Shift */
		{ 'b', K_MOVE_DOWN, K_NONE },
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (keys[i].letter == letter)
			return modified ? keys[i].modified : keys[i].plain;
	return K_NONE;
}

/* The final octet of a sequence ESC [, and its first number. */
static uint32_t
csi_key(const unsigned char *s, size_t len)
{
	unsigned int number = 0;
	bool modified = memchr(s, ';', len) != NULL;

	if (s[len - 1] != '~')
		return key_by_letter(s[len - 1], modified);
	for (size_t i = 2; i < len && isdigit(s[i]) && number < 1000; i++)
		number = number * 10 + (unsigned int)(s[i] - '0');
	return modified ? K_NONE : key_by_number(number);
}

static uint32_t
ss3_key(unsigned char final)
{
	if (final == 'M') /* Enter of the number pad */
		return K_ENTER;
	return key_by_letter(final, false);
}

/* ESC [ numbers final; ECMA-48 section 5.4.  How long it is. */
static size_t
csi_length(const unsigned char *s, size_t have)
{
	size_t i = 2;

	if (i < have && s[i] == '[') /* F1 to F5 of the Linux console */
		return have >= 4 ? 4 : NOT_ALL_HERE;
	while (i < have && s[i] >= 0x20 && s[i] <= 0x3f)
		i++;
	if (i == have)
		return have > STRING_MAX ? have : NOT_ALL_HERE;
	if (s[i] < 0x40 || s[i] > 0x7e)
		return i; /* broken off by something else */
	if (s[i] == 'M' && i == 2) /* an old mouse report: three more */
		return have >= 6 ? 6 : NOT_ALL_HERE;
	return i + 1;
}

/* ESC ] ... BEL, or ESC P, X, ^, _ ... ESC \ */
static size_t
string_length(const unsigned char *s, size_t have)
{
	for (size_t i = 2; i < have; i++) {
		if (s[i] == 7)
			return i + 1;
		if (s[i] == ESC)
			return i + 1 < have ? i + 2 : NOT_ALL_HERE;
	}
	return have > STRING_MAX ? have : NOT_ALL_HERE;
}

static size_t
sequence_length(const unsigned char *s, size_t have)
{
	if (have < 2)
		return NOT_ALL_HERE;
	switch (s[1]) {
	case '[':
		return csi_length(s, have);
	case 'O':
		return have >= 3 ? 3 : NOT_ALL_HERE;
	case ']':
	case 'P':
	case 'X':
	case '^':
	case '_':
		return string_length(s, have);
	case ESC: /* Alt before a sequence, or Esc twice */
		if (have < 3 || (s[2] != '[' && s[2] != 'O'))
			return have < 3 ? NOT_ALL_HERE : 1;
		have = sequence_length(s + 1, have - 1);
		return have == NOT_ALL_HERE ? have : have + 1;
	default:
		return 2; /* Alt and a key: nothing of ours */
	}
}

/* ESC [ < button ; column ; row M: xterm's report 1006. */
static uint32_t
mouse_key(struct input *in, const unsigned char *s, size_t len)
{
	unsigned int number[3] = { 0 };
	size_t n = 0;

	for (size_t i = 3; i + 1 < len && n < 3; i++) {
		if (s[i] == ';')
			n++;
		else if (isdigit(s[i]) && number[n] < 10000)
			number[n] = number[n] * 10 + (unsigned int)(s[i] - '0');
	}
	if (s[len - 1] != 'M' || n != 2 || number[1] == 0 || number[2] == 0)
		return K_NONE;
	in->mouse_x = (int)number[1] - 1;
	in->mouse_y = (int)number[2] - 1;
	return number[0] == 0 ? K_CLICK
	    : number[0] == 64 ? K_WHEEL_UP
	    : number[0] == 65 ? K_WHEEL_DOWN
			      : K_NONE;
}

static uint32_t
sequence_key(struct input *in, const unsigned char *s, size_t len)
{
	if (len == 1)
		return K_ESC;
	for (size_t i = 0; i < in->nlearned; i++)
		if (in->learned[i].len == len &&
		    memcmp(in->learned[i].octets, s, len) == 0)
			return in->learned[i].key;
	if (len == 4 && s[1] == '[' && s[2] == '[')
		return s[3] >= 'A' && s[3] <= 'E'
		    ? K_F1 + (uint32_t)(s[3] - 'A')
		    : K_NONE;
	if (len > 3 && s[1] == '[' && s[2] == '<')
		return in->mouse ? mouse_key(in, s, len) : K_NONE;
	if (len >= 3 && s[1] == '[')
		return csi_key(s, len);
	if (len == 3 && s[1] == 'O')
		return ss3_key(s[2]);
	return K_NONE;
}

static bool
is_over(const struct input *in, int64_t now_ms, int patience_ms)
{
	return now_ms - in->came_ms >= patience_ms;
}

static uint32_t
give_esc(struct input *in, int64_t now_ms)
{
	drop(in, 1);
	in->esc_given_ms = now_ms;
	return K_ESC;
}

/* An escape sequence stands at the front. */
static bool
next_sequence(struct input *in, int64_t now_ms, uint32_t *out)
{
	size_t len = sequence_length(in->octets, in->have);

	/* No terminal sends Alt with a key in two halves, nor with Ctrl. */
	if (in->have > 1 &&
	    (in->esc_apart || (in->octets[1] < ' ' && in->octets[1] != ESC))) {
		*out = give_esc(in, now_ms);
		return true;
	}
	if (len == NOT_ALL_HERE) {
		if (in->have == 1 || in->octets[1] == ESC) {
			if (!is_over(in, now_ms, in->esc_ms))
				return false;
			*out = give_esc(in, now_ms);
			return true;
		}
		if (!is_over(in, now_ms, INPUT_LATE_MS))
			return false;
		len = in->have;
	}
	if (len == PASTE_LEN &&
	    memcmp(in->octets, PASTE_BEGIN, PASTE_LEN) == 0) {
		in->pasting = true;
		*out = K_NONE;
	} else {
		*out = sequence_key(in, in->octets, len);
	}
	drop(in, len);
	return true;
}

/*
 * Over a slow line a sequence may come after its ESC was taken for the key.
 * How long what stands at the front is, then; 0 if it is no such thing.
 */
static size_t
late_sequence(const struct input *in)
{
	unsigned char whole[16] = { ESC };
	size_t have = in->have < 15 ? in->have : 15;
	size_t len;

	if (in->came_ms - in->esc_given_ms > INPUT_LATE_MS || have < 2)
		return 0;
	if (in->octets[0] != '[' &&
	    (in->octets[0] != 'O' ||
		strchr("ABCDFHPQRS", in->octets[1]) == NULL))
		return 0;
	memcpy(whole + 1, in->octets, have);
	len = sequence_length(whole, have + 1);
	return len == NOT_ALL_HERE ? 0 : len - 1;
}

static bool
next_pasted(struct input *in, int64_t now_ms, uint32_t *out)
{
	unsigned char *end = memmem(in->octets, in->have, PASTE_END, PASTE_LEN);
	size_t n = in->have;

	if (end != NULL) {
		n = (size_t)(end - in->octets);
	} else if (!is_over(in, now_ms, 10 * INPUT_LATE_MS)) {
		n = n < PASTE_LEN ? 0 : n - (PASTE_LEN - 1);
		paste_add(&in->paste, in->octets, n);
		drop(in, n);
		return false;
	}
	paste_add(&in->paste, in->octets, n);
	drop(in, n);
	if (end != NULL)
		drop(in, PASTE_LEN);
	in->pasting = false;
	*out = K_PASTE;
	return true;
}

/* Text and Enter came in one go; true when it turned out to be a paste. */
static bool
next_burst(struct input *in, uint32_t *out)
{
	in->burst = false;
	if (!has_lines(in))
		return false;
	paste_add(&in->paste, in->octets, in->have);
	drop(in, in->have);
	*out = K_PASTE;
	return true;
}

static bool
next_character(struct input *in, int64_t now_ms, uint32_t *out)
{
	struct str rest = { (const char *)in->octets, in->have };
	size_t len = in->utf8 ? utf8_read(rest, out) : 0;

	if (!in->utf8) {
		wchar_t wide;
		mbstate_t state = { 0 };

		len = mbrtowc(&wide, rest.p, 1, &state) == 1 ? 1 : 0;
		if (len == 1)
			*out = (uint32_t)wide;
	}
	if (len == 0) {
		if (in->utf8 && in->have < 4 &&
		    !is_over(in, now_ms, INPUT_LATE_MS))
			return false;
		len = 1; /* not a character in this encoding */
		*out = K_NONE;
	}
	drop(in, len);
	return true;
}

static uint32_t
control_key(unsigned char c)
{
	switch (c) {
	case 8:
	case 127:
		return K_BACKSPACE;
	case '\t':
		return K_TAB;
	case '\r':
	case '\n':
		return K_ENTER;
	case 0:
		return K_NONE;
	default:
		return c;
	}
}

static bool
next_key(struct input *in, int64_t now_ms, uint32_t *out)
{
	size_t late;

	if (in->pasting)
		return next_pasted(in, now_ms, out);
	if (in->have == 0)
		return false;
	if (in->burst && in->burst_at == 0) {
		if (!is_over(in, now_ms, INPUT_BURST_MS) && input_room(in) > 0)
			return false;
		if (next_burst(in, out))
			return true;
	}
	if (in->octets[0] == ESC)
		return next_sequence(in, now_ms, out);
	late = late_sequence(in);
	if (late > 0) {
		drop(in, late);
		*out = K_NONE;
		return true;
	}
	if (in->octets[0] >= 128)
		return next_character(in, now_ms, out);
	*out = in->octets[0];
	if (*out < ' ' || *out == 127)
		*out = control_key(in->octets[0]);
	drop(in, 1);
	return true;
}

bool
input_next(struct input *in, int64_t now_ms, uint32_t *out)
{
	if (!in->pasting)
		paste_clear(&in->paste);
	do {
		if (!next_key(in, now_ms, out))
			return false;
	} while (*out == K_NONE);
	return true;
}

int
input_wait_ms(const struct input *in, int64_t now_ms)
{
	int64_t patience = INPUT_LATE_MS;

	if (in->pasting)
		patience = 10 * INPUT_LATE_MS;
	else if (in->have == 0)
		return -1;
	else if (in->burst && in->burst_at == 0)
		patience = INPUT_BURST_MS;
	else if (in->have == 1 || in->octets[1] == ESC)
		patience = in->esc_ms;
	patience -= now_ms - in->came_ms;
	return patience < 0 ? 0 : (int)patience;
}
