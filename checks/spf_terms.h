/*
 * checks/spf_terms.h - the words of SPF, looked up.  RFC 7208 sections 5 and 6.
 */
#ifndef SPF_TERMS_H
#define SPF_TERMS_H

#include "spf.h"

/* The mechanism of that name, in any case; else SPF_BROKEN. */
enum spf_kind spf_mechanism_by_name(struct str name);

/* The modifier of that name, in any case; else SPF_UNKNOWN_MODIFIER. */
enum spf_kind spf_modifier_by_name(struct str name);

/* PASS for '+', and so on; false for any other octet; section 4.6.2. */
bool spf_qualifier_by_sign(char, enum spf_result *out);

#endif
