# What the scripts of this folder share. Sourced by bash; the caller has set -u.

# The root of the source tree, wherever the script was called from.
source_tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# The W3C's SHACL test suite: a copy of it stands beside this folder, or a variable says where. Said here, since scripts
# may go on in a copy of the tree.
if [ -z "${RDFPOLICY_W3C_SUITE:-}" ]; then
    RDFPOLICY_W3C_SUITE=$(ls -d "$source_tree"/../w3c/tests "$source_tree"/../*/w3c/tests 2>/dev/null | head -n 1)
fi
export RDFPOLICY_W3C_SUITE

# The same for the W3C's RDF syntax tests.
if [ -z "${RDFPOLICY_RDF_SUITE:-}" ]; then
    RDFPOLICY_RDF_SUITE=$(ls -d "$source_tree"/../rdf/rdf-trig "$source_tree"/../*/rdf/rdf-trig 2>/dev/null | head -n 1)
    RDFPOLICY_RDF_SUITE=${RDFPOLICY_RDF_SUITE%/rdf-trig}
fi
export RDFPOLICY_RDF_SUITE

# The same for the W3C's JSON-LD tests.
if [ -z "${RDFPOLICY_JSONLD_SUITE:-}" ]; then
    RDFPOLICY_JSONLD_SUITE=$(ls -d "$source_tree"/../jsonld/toRdf "$source_tree"/../*/jsonld/toRdf 2>/dev/null | head -n 1)
    RDFPOLICY_JSONLD_SUITE=${RDFPOLICY_JSONLD_SUITE%/toRdf}
fi
export RDFPOLICY_JSONLD_SUITE

# And for the W3C's SPARQL query tests.
if [ -z "${RDFPOLICY_SPARQL_SUITE:-}" ]; then
    RDFPOLICY_SPARQL_SUITE=$(ls -d "$source_tree"/../sparql/sparql11 "$source_tree"/../*/sparql/sparql11 2>/dev/null | head -n 1)
    RDFPOLICY_SPARQL_SUITE=${RDFPOLICY_SPARQL_SUITE%/sparql11}
fi
export RDFPOLICY_SPARQL_SUITE

# A make that calls us must not hand its own flags on to the makes that we call, nor a client's settings to the tests.
unset MAKEFLAGS MFLAGS MAKELEVEL MAKEOVERRIDES CDPATH
unset PGHOST PGHOSTADDR PGPORT PGDATABASE PGUSER PGPASSWORD PGPASSFILE PGSERVICE PGSERVICEFILE PGOPTIONS PGDATA \
    PGAPPNAME PGSSLMODE PGTZ PGCLIENTENCODING PGDATESTYLE PGTARGETSESSIONATTRS PGCONNECT_TIMEOUT
export LC_ALL=C.UTF-8
umask 022

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Prints the path of the pg_config of the server to build for and test with: the one given by PG_CONFIG, or else the
# newest that is installed with its headers and its server, or else nothing.
find_pg_config() {
    local candidate
    if [ -n "${PG_CONFIG:-}" ]; then
        command -v "$PG_CONFIG"
        return
    fi
    for candidate in $(ls -d /usr/lib/postgresql/*/bin/pg_config 2>/dev/null | sort -rV) \
        $(command -v pg_config); do
        if [ -f "$("$candidate" --pgxs 2>/dev/null)" ] && [ -x "$("$candidate" --bindir)/postgres" ] &&
            [ -f "$("$candidate" --includedir-server)/postgres.h" ]; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

# Where the caller cannot write into the tree (another's clone, a read-only medium, objects that root left), the script
# runs again from a copy of it. Usage: run_from_a_writable_tree "$0" "$@"
run_from_a_writable_tree() {
    local script=$1 copy status
    shift
    if [ -w "$source_tree" ] && [ -z "$(find "$source_tree/build" "$source_tree/rdfpolicy.so" ! -writable \
        -print -quit 2>/dev/null)" ]; then
        return
    fi
    copy=$(mktemp -d /var/tmp/rdfpolicy-tree.XXXXXX) || exit 1
    trap 'rm -rf "$copy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    copy_source_tree "$copy" || exit 1
    "$copy/test/$(basename "$script")" "$@"
    status=$?
    exit $status
}

# Copies what is source to the folder named, and no built files.
copy_source_tree() {
    tar -C "$source_tree" --exclude=./.git --exclude=./build --exclude=./rdfpolicy.so --exclude=./results -cf - . |
        tar -C "$1" --no-same-owner -xf - && chmod -R u+w "$1"
}

# Builds the extension for $pg_config; one at a time in a tree. Output goes to the log, and is shown where it fails.
build_extension() {
    mkdir -p "$source_tree/build" || return 1
    (
        flock 9
        make -C "$source_tree" -j2 all PG_CONFIG="$pg_config" ${CC:+CC="$CC"} >"$source_tree/build/make.log" 2>&1 || {
            cat "$source_tree/build/make.log" >&2
            echo "building the extension failed" >&2
            exit 1
        }
    ) 9>"$source_tree/build/lock"
}
