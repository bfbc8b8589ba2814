/* tests/harness/own_certificate.c - see own_certificate.h */
#include "own_certificate.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char own_chain[256], own_key[256];

int
own_certificate_make(void **state)
{
	const char *folder = getenv("TMPDIR");
	char command[1024];

	(void)state;
	if (folder == NULL)
		folder = "/tmp";
	snprintf(own_chain, sizeof(own_chain), "%s/own-certificate-%d.pem",
	    folder, (int)getpid());
	snprintf(own_key, sizeof(own_key), "%s/own-certificate-%d.key", folder,
	    (int)getpid());
	snprintf(command, sizeof(command),
	    "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
	    "-nodes -days 90 -subj /CN=mail.example.org -addext "
	    "subjectAltName=DNS:mail.example.org -keyout %s -out %s 2>&1",
	    own_key, own_chain);
	return system(command);
}

int
own_certificate_remove(void **state)
{
	(void)state;
	unlink(own_chain);
	unlink(own_key);
	return 0;
}
