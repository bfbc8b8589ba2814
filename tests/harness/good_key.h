/*
 * tests/harness/good_key.h - a sound DKIM key record, as a line of a zone.
 */
#ifndef GOOD_KEY_H
#define GOOD_KEY_H

/* At the selector "mail", which is among the common ones; RSA, 2048 bits. */
#define GOOD_KEY                                                                         \
	"mail._domainkey TXT \"v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCg" \
	"KCAQEAnrknFiC4AiQ8rZiZ2XhnWXu7BBv1niOKCc7jzsTiLuVcv09clF"                       \
	"ELgIpQ1X+M7IxgLZpErjHjgXufOhK17XjvxU3Jd8Jylz6ywHGjUFr+/d"                       \
	"7bhTi/5Jnp6lj17S8uVutzedl4TSR+IcL2LwtnN3Mjml9UNmU8"                             \
	"\" \""                                                                          \
	"gi2Rg0gVXS6ZbM4I7l58N5AxUvNPFTggwNJkE8M4K508c6Z82N5EK+le"                       \
	"BVn5AQyjeL9bnGcjpWdQW5dwX90kX1OoqmMxTmNqvV8bDLRypH+y7iLh"                       \
	"o7dtkvfxwFCYzfdpNePYuIy01IioaxvRYXfYPZBygfFEdMnrZsPJB3xJ"                       \
	"XKnkVsSkZ5Tq4dylxwIDAQAB"                                                       \
	"\"\n"

#endif
