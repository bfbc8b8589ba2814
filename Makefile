# mailwizard - one Makefile, no recursion but to build a second time, with
# other flags, in a folder of its own.  "make run", "make test", "make".

B	 = build
CFLAGS	?= -O2 -g
WARN	 = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	   -Wmissing-prototypes -Wwrite-strings
PKGS	 = ncursesw panelw libcares ldns openssl libidn2 jansson
override CPPFLAGS += -I. -D_GNU_SOURCE -DCARES_NO_DEPRECATED \
	   $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PREFIX	?= /usr/local

# ldns drags in libcrypto, and loading that as a shared library costs five
# sixths of a run of "mailwizard spf".  Linked in, it costs a tenth; see
# README, "Building".  A packager who wants shared libraries: LINK=shared.
STATIC	:= $(shell for l in ldns ssl crypto; do \
	   $(CC) -print-file-name=lib$$l.a 2>/dev/null || echo none; done)
LINK	?= $(if $(filter-out /%,$(STATIC)),shared,static)
LIBS_static = $(shell pkg-config --libs ncursesw panelw libcares libidn2 jansson) \
	   -Wl,-Bstatic -lldns -lssl -lcrypto -Wl,-Bdynamic -lpthread
LIBS_shared = $(shell pkg-config --libs $(PKGS)) -lssl -lcrypto -lpthread
LDLIBS	 = $(LIBS_$(LINK))

# One library for each floor; assets are texts, made into C.
FLOORS	 = $(B)/ui.a $(B)/wizard.a $(B)/checks.a
objects	 = $(patsubst %.c,$(B)/%.o,$(wildcard $(1)))
ASSETS	 = $(sort $(filter-out assets/po/%,$(wildcard assets/*.txt assets/*/*)))
ifneq ($(wildcard assets/embed.c),)
TEXTS	 = $(B)/assets.a
endif

PROGRAM	 = $(if $(filter build,$(B)),mailwizard,$(B)/mailwizard)
ifneq ($(shell pkg-config --exists $(PKGS) 2>/dev/null && echo yes),yes)
LACKING	 = lacking
endif

# "make V=1" shows the commands.
Q	 = $(if $(V),,@)
SAY	 = $(if $(V),@:,@echo)

all: $(PROGRAM) translations

$(PROGRAM): $(B)/ui/main.o $(FLOORS) $(TEXTS)
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(B)/ui.a: $(filter-out $(B)/ui/main.o,$(call objects,ui/*.c))
$(B)/wizard.a: $(call objects,wizard/*.c)
$(B)/checks.a: $(call objects,checks/*.c checks/base/*.c)
$(B)/assets.a: $(B)/assets.o $(filter-out %/embed.o,$(call objects,assets/*.c))
$(B)/%.a:
	@rm -f $@
	$(Q)$(AR) -rcs $@ $^

$(B)/%.o: %.c | $(LACKING)
	@mkdir -p $(@D)
	$(SAY) "  CC    $<"
	$(Q)$(CC) -std=c17 $(WARN) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Translations: assets/po/CODE.po, checked against the English by msgfmt.
LANGUAGES = $(patsubst assets/po/%.po,%,$(wildcard assets/po/*.po))
CATALOGS = $(LANGUAGES:%=$(B)/locale/%/LC_MESSAGES/mailwizard.mo)
translations: $(CATALOGS)
$(B)/locale/%/LC_MESSAGES/mailwizard.mo: assets/po/%.po | $(LACKING)
	@mkdir -p $(@D)
	$(SAY) "  MO    $<"
	$(Q)msgfmt --check -o $@ $<

# What the sources say today, merged into each translation.
po:
	xgettext --from-code=UTF-8 --sort-by-file --add-location=file \
	    -k_ -kN_ -kPLURAL:1,2 --package-name=mailwizard -o $(B)/mailwizard.pot \
	    $(wildcard ui/*.[ch] wizard/*.[ch] checks/*.[ch] checks/*.inc)
	for po in assets/po/*.po; do \
	    msgmerge --quiet --update --backup=none --no-fuzzy-matching \
	    $$po $(B)/mailwizard.pot || exit 1; done

$(B)/ui/language.o: override CPPFLAGS += -DLOCALEDIR='"$(PREFIX)/share/locale"'

# The texts, as C.  ISO C promises literals of 4095 bytes only; gcc takes more.
$(B)/embed: assets/embed.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c17 $(WARN) -o $@ $<
$(B)/assets.c: $(B)/embed $(ASSETS) $(sort $(dir $(ASSETS)))
	$(Q)$(B)/embed $(ASSETS) > $@.new && mv $@.new $@
$(B)/assets.o: $(B)/assets.c assets/asset.h
	$(Q)$(CC) -std=c17 $(CPPFLAGS) $(CFLAGS) -Wno-overlength-strings -c -o $@ $<

lacking:
	@.ci/needs --check build

# "make run", "make run DOMAIN=example.org".  Open questions are no failure.
export DOMAIN
run:
	@.ci/needs build
	@$(MAKE) --no-print-directory mailwizard translations
	@MAILWIZARD_LOCALE=$(CURDIR)/$(B)/locale ./mailwizard $${DOMAIN:+-- "$$DOMAIN"}; \
	    status=$$?; test $$status -le 1 -o $$status -eq 3

install: $(PROGRAM) translations
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/mailwizard
	install -m 644 assets/mailwizard.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	for code in $(LANGUAGES); do \
	    to=$(DESTDIR)$(PREFIX)/share/locale/$$code/LC_MESSAGES; \
	    install -d $$to && install -m 644 \
	    $(B)/locale/$$code/LC_MESSAGES/mailwizard.mo $$to/ || exit 1; done

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/mailwizard \
	    $(DESTDIR)$(PREFIX)/share/man/man1/mailwizard.1 \
	    $(LANGUAGES:%=$(DESTDIR)$(PREFIX)/share/locale/%/LC_MESSAGES/mailwizard.mo)

# Each tests/FLOOR/NAME_test.c is a program, linked with its own floor and
# those below, so that a call upwards does not link; NAME_test.sh is a script.
MAIN	 = $(if $(wildcard ui/main.c),$(PROGRAM))
HARNESS	 = $(B)/harness.a
$(HARNESS): $(call objects,tests/harness/*.c)
tests_of = $(patsubst %.c,$(B)/%,$(wildcard $(1:%=tests/%/*_test.c)))
TESTS	 = $(call tests_of,checks wizard ui e2e)
SCRIPTS	 = $(wildcard tests/house/*_test.sh $(if $(MAIN),tests/e2e/*_test.sh))
$(B)/tests/checks/%_test: BELOW = $(B)/checks.a
$(B)/tests/wizard/%_test: BELOW = $(B)/wizard.a $(B)/checks.a
$(B)/tests/ui/%_test:     BELOW = $(FLOORS)
$(B)/tests/e2e/%_test:    BELOW = $(FLOORS)
$(B)/tests/%_test: $(B)/tests/%_test.o $(HARNESS) $(FLOORS) $(TEXTS) | \
	    build/servers/ready build/servers/elsewhere.so
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(HARNESS) $(BELOW) \
	    $(TEXTS) $(LDLIBS) -lcmocka -lvterm -lutil

# Programs of ours that run a command beside a server.
$(B)/tests/servers/%: $(B)/tests/servers/%.o $(HARNESS)
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

# What the screens cost.
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(HARNESS) $(FLOORS) $(TEXTS)
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka -lvterm -lutil

build/servers/ready: tests/servers/fetch.sh
	@tests/servers/fetch.sh build/servers

# What those that are not installed, or want to be root, run with.
build/servers/elsewhere.so: $(wildcard tests/preload/*)
	@mkdir -p $(@D)
	$(SAY) "  LD    $@"
	$(Q)$(CC) -std=c17 $(WARN) $(CPPFLAGS) -O2 -shared -fPIC -o $@ $(filter %.c,$^) -ldl

test:
	@.ci/needs build test
	@$(MAKE) --no-print-directory check

# The rest of "test", when the packages are there; also under sanitizers.
TOOLS	 = $(patsubst %.c,$(B)/%,$(wildcard tests/servers/*.c))
check: $(TESTS) $(TOOLS) $(MAIN) translations
	@B=$(B) MAILWIZARD=./$(PROGRAM) tests/run $(B)/results $(TESTS) $(SCRIPTS)

SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=all \
	   -fno-omit-frame-pointer
asan:
	@.ci/needs build test
	@UBSAN_OPTIONS=print_stacktrace=1 $(MAKE) --no-print-directory \
	    B=build/asan CFLAGS="-O1 -g $(SANITIZE)" SCRIPTS= check

# What a real xterm makes of it; waits by the clock, so not in CI.
$(B)/tests/nightly/%: $(B)/tests/nightly/%.o $(FLOORS) $(TEXTS)
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
nightly: $(MAIN) $(B)/tests/nightly/powershell_scripts
	@for test in tests/nightly/*.sh; do \
	    echo "# $$test"; MAILWIZARD=./$(PROGRAM) sh $$test || exit 1; done

# The unit tests below ui/.
valgrind: $(call tests_of,checks wizard)
	@.ci/needs test
	@TEST_LIMIT=600 WRAP="valgrind -q --error-exitcode=9 --leak-check=full" \
	    tests/run $(B)/valgrind $^

# Each tests/fuzz/NAME_fuzz.c runs FUZZ_SECONDS, beginning with what is in
# tests/fuzz/corpus/NAME.
FUZZ_SECONDS ?= 20
FUZZERS	 = $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/*_fuzz.c))
$(B)/tests/fuzz/%_fuzz: $(B)/tests/fuzz/%_fuzz.o $(FLOORS) $(TEXTS)
	$(SAY) "  LD    $@"
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)
fuzz:
	@.ci/needs build lint
	@$(MAKE) --no-print-directory B=build/fuzz CC=clang LDFLAGS= \
	    CFLAGS="-O1 -g $(SANITIZE) -fsanitize=fuzzer-no-link" fuzz-run
fuzz-run: $(FUZZERS)
	@tests/run-fuzz $(FUZZ_SECONDS) $(FUZZERS)

MEASURES = $(patsubst %.c,$(B)/%,$(wildcard tests/bench/*.c))
BENCHES	 = "tests/bench/run ./$(PROGRAM)" $(MEASURES) \
	   "tests/bench/verify ./$(PROGRAM)"
bench: $(PROGRAM) $(TOOLS) $(MEASURES) build/servers/ready build/servers/elsewhere.so
	@status=0; for bench in $(BENCHES); do \
	    MAILWIZARD=./$(PROGRAM) $$bench || status=1; done; exit $$status

# What CI wants of the text of the program.
C_FILES	 = $(wildcard ui/*.c wizard/*.c checks/*.c checks/base/*.c assets/*.c \
	   tests/*/*.c)
H_FILES	 = $(wildcard ui/*.h wizard/*.h checks/*.h checks/base/*.h assets/*.h \
	   tests/*/*.h checks/*.inc)
lint:
	@.ci/needs build test lint
	@$(MAKE) --no-print-directory -k lint-all
lint-all: lint-format lint-layers lint-cppcheck lint-gcc lint-clang lint-tidy
lint-format:
	$(SAY) "  LINT  clang-format"
	$(Q)clang-format --dry-run -Werror $(C_FILES) $(filter %.h,$(H_FILES))
lint-layers:
	$(SAY) "  LINT  tests/layers.sh"
	$(Q)sh tests/layers.sh
lint-cppcheck:
	$(SAY) "  LINT  cppcheck"
	$(Q)tests/run-cppcheck $(C_FILES)
lint-gcc:
	@$(MAKE) --no-print-directory B=build/gcc CC=gcc CFLAGS="-O2 -Werror" compiled
lint-clang:
	@$(MAKE) --no-print-directory B=build/clang CC=clang CFLAGS="-O2 -Werror" compiled
lint-tidy: $(C_FILES:%.c=build/tidy/%.ok)
build/tidy/%.ok: %.c $(H_FILES) .clang-tidy tests/.clang-tidy
	@mkdir -p $(@D)
	$(SAY) "  TIDY  $<"
	$(Q)clang-tidy --quiet $< -- -std=c17 $(CPPFLAGS) 2> $@.log || \
	    { cat $@.log; exit 1; }
	@touch $@
compiled: $(C_FILES:%.c=$(B)/%.o)

clean:
	rm -rf build mailwizard

.PHONY: all translations po lacking run install uninstall test check asan valgrind nightly fuzz \
	fuzz-run bench lint lint-all lint-format lint-layers lint-cppcheck \
	lint-gcc lint-clang lint-tidy compiled clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(shell find $(B) -name servers -prune -o -type f -name '*.d' -print 2>/dev/null)
