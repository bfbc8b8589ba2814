/*
 * tests/harness/own_certificate.h - a certificate for mail.example.org that
 * signed itself, for servers of tests.
 *
 *	return cmocka_run_group_tests(
 *	    tests, own_certificate_make, own_certificate_remove);
 */
#ifndef OWN_CERTIFICATE_H
#define OWN_CERTIFICATE_H

/* Paths of the certificate and its private key, both PEM. */
extern char own_chain[256], own_key[256];

/* Makes both by the program openssl, in $TMPDIR; 0 when that worked. */
int own_certificate_make(void **state);
int own_certificate_remove(void **state);

#endif
