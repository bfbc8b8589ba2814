/*
 * wizard/problem.h - what is wrong with a typed answer, in one sentence.
 *
 * Each function cleans one text, says what it cleaned, and judges the rest;
 * they have the form that struct field asks for.  An empty text is never a
 * problem here: whether an answer is required is the field's business.
 */
#ifndef PROBLEM_H
#define PROBLEM_H

#include "field.h"

/* A mail domain: what people paste as one, or nothing. */
void judge_domain(struct arena *, struct str, struct judged *out);

/* The name of a host. */
void judge_host(struct arena *, struct str, struct judged *out);

/*
 * A DKIM selector, RFC 6376 section 3.1: labels with dots between.  A whole
 * name "mail._domainkey.example.org" or a tag "s=mail" is cut down to it.
 */
void judge_selector(struct arena *, struct str, struct judged *out);

/* One IP address. */
void judge_ip(struct arena *, struct str, struct judged *out);

/* "ADDR[:PORT][,...]", as --dns takes it. */
void judge_resolver(struct arena *, struct str, struct judged *out);

/* Copies text into a bounded buffer; what does not fit is cut off. */
void bounded_copy(char *to, size_t size, const char *text);

#endif
