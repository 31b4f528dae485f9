# rdfpolicy: what make can do here.
#
#   make, make install, make installcheck, make clean       as PGXS does them, with PG_CONFIG=... for another server
#   make demo, make shell                                   a throw-away cluster, with or without the demonstration
#   make check                                              everything that is tested; `make help` lists the parts
#
# PGXS defines a goal `check` of its own, so it is read only where none of our own goals was asked for.

RINGS = lint unit fuzz-smoke regress regress-without-preload isolation tap conformance conformance-rdf conformance-jsonld conformance-sparql
# Folders of test/ with a script `run` of their own, which is not part of check.
RUNS := $(patsubst test/%/run,%,$(wildcard test/bench/run test/mutate/run test/jsonld-differential/run test/sparql-differential/run))
OWN_GOALS = help setup demo shell check drivers matrix upgrade fuzz deb sql bench-quick $(RINGS) $(RUNS)

# The version is written in rdfpolicy.control alone.
EXTENSION_VERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" rdfpolicy.control)
EXTENSION_SCRIPT = build/rdfpolicy--$(EXTENSION_VERSION).sql
EXTENSION_PARTS := $(sort $(wildcard sql/extension/parts/*.sql))

ifneq ($(filter $(OWN_GOALS),$(MAKECMDGOALS)),)

.PHONY: $(OWN_GOALS)

help:
	@echo 'make                      build the extension for the server that pg_config names (or PG_CONFIG=...)'
	@echo 'make install installcheck clean     the PGXS way'
	@echo 'make setup                install what building and testing need (Debian packages, named first)'
	@echo 'make demo                 the demonstration in a throw-away cluster'
	@echo 'make shell                psql in such a cluster'
	@echo 'make check                all tests; one ring of them:'
	@echo '     $(RINGS)'
	@echo 'make drivers              the examples of doc/drivers.md, all drivers installed (check runs those of the languages that are here)'
	@echo 'make matrix               the check with other releases of PostgreSQL and libserd, in chroots (as root)'
	@echo 'make upgrade              pg_upgrade from 15 to 17, in a chroot (as root)'
	@echo 'make fuzz SECONDS=600     every fuzz harness for that long'
	@echo 'make bench                measures everything, beside other engines: 20 minutes; BENCH_TRIPLES=100000 BENCH_ROUNDS=3 PEERS=none for a try,'
	@echo '                          PEERS=all for all engines, BENCH_PARTS="files documents" for parts (test/bench/README.md)'
	@echo 'make bench-quick          counts instructions of fixed workloads, and compares: a minute; ACCEPT=1 keeps the counts'
	@echo 'make mutate               edits of the code that the tests must notice'
	@echo 'make jsonld-differential  random JSON-LD by this reader and by PyLD, where that is installed'
	@echo 'make sparql-differential  random queries by this engine and by Jena, Oxigraph and rdflib, where these are installed'
	@echo 'make deb                  Debian packages for the installed servers, in build/deb'
	@echo 'make sql                  only the install script, $(EXTENSION_SCRIPT)'

setup:
	@test/setup check

demo shell:
	@test/setup build
	@test/$@

check:
	@test/setup check
	@test/check $(RING)

$(RINGS):
	@test/check $@

drivers:
	@test/setup drivers
	@test/check $@

matrix:
	@test/matrix

upgrade:
	@test/upgrade/run

fuzz:
	@FUZZ_SECONDS=$(SECONDS) test/check fuzz

$(RUNS):
	@test/setup check
	@test/$@/run

bench-quick:
	@test/setup check
	@test/bench/quick/run

deb:
	@debian/build

sql: $(EXTENSION_SCRIPT)

# Goals of PGXS named beside one of ours.
PGXS_GOALS = $(filter-out $(OWN_GOALS),$(MAKECMDGOALS))
ifneq ($(PGXS_GOALS),)
.PHONY: $(PGXS_GOALS)
$(PGXS_GOALS):
	+@$(MAKE) $@
endif

else # the PGXS way

PG_CONFIG ?= pg_config
EXTENSION = rdfpolicy
MODULE_big = rdfpolicy

ENGINE_ROOMS = base rdf xsd jsonld sparql query shacl image validate incremental components
SOURCES := $(sort $(wildcard $(patsubst %,src/%/*.c,$(ENGINE_ROOMS) pg pg/*)))
# Objects are kept by server version and compiler, so that those of another server are never taken.
BUILD = build/pg$(VERSION)-$(lastword $(notdir $(CC)))
OBJS = $(patsubst src/%.c,$(BUILD)/%.o,$(SOURCES))
CONFIGURATION = build/configuration

DATA = $(wildcard sql/extension/rdfpolicy--*--*.sql)
DATA_built = $(EXTENSION_SCRIPT)
POLICIES = $(wildcard policies/*.ttl)
CONTEXTS = $(wildcard policies/contexts/*.jsonld policies/contexts/LICENSE.*)
policydir = $(datadir)/rdfpolicy/policies

# The topic `setup` creates the extension; the others follow in alphabetical order. The specs have a `setup` too.
TOPICS := $(patsubst sql/%.sql,%,$(wildcard sql/*.sql))
REGRESS := $(filter setup,$(TOPICS)) $(sort $(filter-out setup,$(TOPICS)))
SPECS := $(patsubst test/isolation/specs/%.spec,%,$(wildcard test/isolation/specs/*.spec))
ISOLATION := $(filter setup,$(SPECS)) $(sort $(filter-out setup,$(SPECS)))
ifneq ($(filter installcheck,$(MAKECMDGOALS)),)
# What the running server's settings leave nothing to test of is skipped, and named.
ask = $(shell $(shell $(PG_CONFIG) --bindir)/psql -XAt -d postgres -c "$(1)" 2>/dev/null)
ifeq ($(call ask,SHOW max_prepared_transactions),0)
$(info skipped: graph-prepared and reload-prepared, since max_prepared_transactions is 0)
ISOLATION := $(filter-out graph-prepared reload-prepared,$(ISOLATION))
endif
ifneq ($(call ask,SELECT current_setting('server_version_num')::int >= 170000 OR current_setting('shared_preload_libraries') ~ 'rdfpolicy'),t)
NEED_SHARED_MEMORY = hold-attach hold-deadlock hold-publish open-reload reload-repeatable-read reload-serializable
$(info skipped: $(NEED_SHARED_MEMORY), since shared_preload_libraries lacks rdfpolicy)
ISOLATION := $(filter-out $(NEED_SHARED_MEMORY),$(ISOLATION))
endif
endif
ISOLATION_OPTS = --inputdir=test/isolation --load-extension=rdfpolicy

SERD_CFLAGS := $(shell pkg-config --cflags serd-0 | sed 's/-I/-isystem /g')
SHLIB_LINK = $(shell pkg-config --libs serd-0) -Wl,--version-script=src/exports.map
EXTRA_CLEAN = build

PGXS := $(shell $(PG_CONFIG) --pgxs)
ifeq ($(PGXS),)
$(error no server to build for: install postgresql-server-dev-NN (`make setup` does) or give PG_CONFIG=...)
endif
# Bitcode for JIT inlining would need clang of the server's own version, and inlines nothing of ours that matters.
override with_llvm = no
include $(PGXS)
override with_llvm = no

# PGXS's own warning flags forbid C11 that we use, and are half unknown to clang: so ours only.
WARNINGS = -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes
COMMON_FLAGS = -g -O2 -fPIC -fstack-protector-strong -MMD -MP -Isrc $(WARNINGS)
ENGINE_FLAGS = -std=c11 -fvisibility=hidden $(COMMON_FLAGS) $(SERD_CFLAGS)
# PostgreSQL 15 marks no symbol for export: what the server part shows is said by src/exports.map alone.
SERVER_FLAGS = -std=gnu11 -D_GNU_SOURCE -fno-strict-aliasing -fwrapv $(COMMON_FLAGS) \
	-DRP_EXTENSION_VERSION='"$(EXTENSION_VERSION)"' -isystem $(includedir_server) -isystem $(includedir_internal)

$(BUILD)/pg/%.o: src/pg/%.c Makefile rdfpolicy.control
	@mkdir -p $(@D)
	$(CC) $(SERVER_FLAGS) $(COPT) -c -o $@ $<

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ENGINE_FLAGS) $(COPT) -c -o $@ $<

-include $(OBJS:.o=.d)

# Written anew only where the server, the compiler or the list of objects is another than last time: then link again.
.PHONY: configuration-is-checked
$(CONFIGURATION): configuration-is-checked
	@mkdir -p $(@D)
	@echo '$(VERSION) $(CC) $(OBJS)' | cmp -s - $@ || echo '$(VERSION) $(CC) $(OBJS)' >$@

$(shlib): $(CONFIGURATION) src/exports.map

install: install-policies
uninstall: uninstall-policies

.PHONY: install-policies uninstall-policies
install-policies:
	$(MKDIR_P) '$(DESTDIR)$(policydir)'
	$(if $(POLICIES),$(INSTALL_DATA) $(POLICIES) '$(DESTDIR)$(policydir)/')
	$(MKDIR_P) '$(DESTDIR)$(policydir)/contexts'
	$(if $(CONTEXTS),$(INSTALL_DATA) $(CONTEXTS) '$(DESTDIR)$(policydir)/contexts/')

uninstall-policies:
	rm -f $(patsubst policies/%,'$(DESTDIR)$(policydir)/%',$(POLICIES))
	rm -f $(patsubst policies/%,'$(DESTDIR)$(policydir)/%',$(CONTEXTS))
	-rmdir '$(DESTDIR)$(policydir)/contexts' '$(DESTDIR)$(policydir)' '$(DESTDIR)$(datadir)/rdfpolicy'

endif

# The install script is the parts in order of their names.
$(EXTENSION_SCRIPT): $(EXTENSION_PARTS) rdfpolicy.control
	@mkdir -p $(@D)
	cat $(EXTENSION_PARTS) >$@.new
	mv $@.new $@
