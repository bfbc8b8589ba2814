/*
 * tests/harness/dkim_keys.h - public keys for the tests of DKIM; nobody signs
 * with them.
 */
#ifndef DKIM_KEYS_H
#define DKIM_KEYS_H

/* RSA of 2048 bits, base64, as two strings of one TXT record. */
#define A                                                                      \
	"MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn1O0WHIlzMhqZhnJ"         \
	"3Wqf/+cR5PrfstqDa9U4z0VFwuTfXotvPuMWWlOrKeaN5yArW0FMrh6NrbCU"         \
	"9DT4xHRj4cFch6jtJilKMD5Ijkl6kP28Ctg/gXYrKHAqgiype8cmoUKvdEPU"         \
	"i178bHy7uHIMlJSS5axs"
#define B                                                                      \
	"3D1Qj6VMZQMGJM5u80uokH2qt+S2RJuaG98JmNmLuwpxPNXBranRAulPSl1h"         \
	"5yhwMUsqQpWBrsDWWW3MwxpU3449brXmTEOzhA6w5qrm81pAlNWKAu3IfOBm"         \
	"ePELMZw6Yj5JyyXkumFNCbDFtzBGN7Wqi1EZ9CprpQ6Ld9scPjeE8vJ0dJUC"         \
	"+DpvuQIDAQAB"
#define KEY1024                                                                \
	"MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDVY/bk3CSGmGOJ68uvX/rx"         \
	"8vuvkUlSS387aMXgFVlPlRbDGykVBKgqhGCq850lfg6H8l+SqPv4tQF+9vCO"         \
	"82rypJshkf7gfU3sC7rLtQWCPNZmC5QWaU/DekzHH5nERE5pLeulLW4HHnRy"         \
	"vgqH9nsftxG1x4gUF1FTXDip9BHxKwIDAQAB"
#define KEY768                                                                 \
	"MHwwDQYJKoZIhvcNAQEBBQADawAwaAJhALC72RfPYPX4K4sM4e1DQ/HlKj/U"         \
	"KiBWprnr8xpww1h0mqQ+gIFORUb9Y+zHDnBIusDQTT2yOvbmb0q5oTgAcLcH"         \
	"BuNCgwevklYU+TsvU+OmeK/1Y1wJIU4hIyaqutmv2QIDAQAB"
#define BARE                                                                   \
	"MIIBCgKCAQEAn1O0WHIlzMhqZhnJ3Wqf/+cR5PrfstqDa9U4z0VFwuTfXotv"         \
	"PuMWWlOrKeaN5yArW0FMrh6NrbCU9DT4xHRj4cFch6jtJilKMD5Ijkl6kP28"         \
	"Ctg/gXYrKHAqgiype8cmoUKvdEPUi178bHy7uHIMlJSS5axs3D1Qj6VMZQMG"
#define BARE_END                                                               \
	"JM5u80uokH2qt+S2RJuaG98JmNmLuwpxPNXBranRAulPSl1h5yhwMUsqQpWB"         \
	"rsDWWW3MwxpU3449brXmTEOzhA6w5qrm81pAlNWKAu3IfOBmePELMZw6Yj5J"         \
	"yyXkumFNCbDFtzBGN7Wqi1EZ9CprpQ6Ld9scPjeE8vJ0dJUC+DpvuQIDAQAB"
#define PRIVATE_A                                                              \
	"MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBANVj9uTcJIaY"         \
	"Y4nry69f+vHy+6+RSVJLfztoxeAVWU+VFsMbKRUEqCqEYKrznSV+DofyX5Ko"         \
	"+/i1AX728I7zavKkmyGR/uB9TewLusu1BYI81mYLlBZpT8N6TMcfmcRETmkt"         \
	"66UtbgcedHK+Cof2ex+3"
#define ED  "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define EDX "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
#define KEY A "\" \"" B

#endif
