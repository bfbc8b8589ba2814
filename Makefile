# mailwizard - one Makefile, no recursion.  "make run", "make test", "make".

CFLAGS	?= -O2 -g
WARN	 = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	   -Wmissing-prototypes -Wwrite-strings
PKGS	 = ncursesw panelw libcares ldns libidn2 jansson
override CPPFLAGS += -I. -D_GNU_SOURCE -DCARES_NO_DEPRECATED \
	   $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PREFIX	?= /usr/local

# ldns drags in libcrypto, and loading that as a shared library costs five
# sixths of a run of "mailwizard spf".  Linked in, it costs a tenth; see
# README, "Building".  A packager who wants shared libraries: LINK=shared.
STATIC	:= $(shell for l in ldns ssl crypto; do $(CC) -print-file-name=lib$$l.a; done)
LINK	?= $(if $(filter-out /%,$(STATIC)),shared,static)
LIBS_static = $(shell pkg-config --libs ncursesw panelw libcares libidn2 jansson) \
	   -Wl,-Bstatic -lldns -lssl -lcrypto -Wl,-Bdynamic -lpthread
LIBS_shared = $(shell pkg-config --libs $(PKGS)) -lssl -lcrypto -lpthread
LDLIBS	 = $(LIBS_$(LINK))

# One library for each floor.
LAYERS	 = build/ui.a build/wizard.a build/checks.a
objects	 = $(patsubst %.c,build/%.o,$(wildcard $(1)))

all: mailwizard

mailwizard: build/ui/main.o $(LAYERS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

build/ui.a: $(filter-out build/ui/main.o,$(call objects,ui/*.c))
build/wizard.a: $(call objects,wizard/*.c)
build/checks.a: $(call objects,checks/*.c checks/base/*.c)
build/%.a:
	@rm -f $@
	$(AR) -rcs $@ $^

build/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -std=c17 $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Each tests/FLOOR/NAME_test.c is a program, linked with its own floor and
# those below, so that a call upwards does not link.
HARNESS	 = $(call objects,tests/harness/*.c)
TESTS	 = $(patsubst %.c,build/%,$(wildcard tests/checks/*_test.c \
	   tests/wizard/*_test.c tests/ui/*_test.c tests/e2e/*_test.c))
build/tests/checks/%_test: FLOORS = build/checks.a
build/tests/wizard/%_test: FLOORS = build/wizard.a build/checks.a
build/tests/ui/%_test:     FLOORS = $(LAYERS)
build/tests/e2e/%_test:    FLOORS = $(LAYERS)
build/tests/%_test: build/tests/%_test.o $(HARNESS) $(LAYERS) | build/servers/ready
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(FLOORS) $(LDLIBS) \
	    -lcmocka -lvterm -lutil

build/servers/ready:
	tests/servers/fetch.sh build/servers

clean:
	rm -rf build mailwizard

.PHONY: all clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(shell find build -name servers -prune -o -type f -name '*.d' -print 2>/dev/null)
