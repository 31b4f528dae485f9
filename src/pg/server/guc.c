/* Defining the settings, and reading the one that is a list. */
#include "pg/pg.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/varlena.h"

#include "pg/server/debug_point.h"
#include "pg/server/guc.h"
#include "rdf/term.h"

enum { RP_SEVERITY_LIMIT = 32 };

char *rp_guc_policy_directory = NULL;
int rp_guc_max_image_size_kb = 64 * 1024;
int rp_guc_max_document_size_kb = 64 * 1024;
int rp_guc_max_triples = 10000000;
int rp_guc_max_depth = 128;
int rp_guc_max_results = 10000;
int rp_guc_reload_timeout_ms = 30000;
int rp_guc_no_policy = RP_NO_POLICY_ERROR;
bool rp_guc_track = false;

static char *conformance_disallows = NULL;

/* The parsed list: what check hook made and assign hook put in force. count 0: all severities. */
typedef struct RpSeverities {
    uint32 count;
    RpText iris[RP_SEVERITY_LIMIT];
    char strings[FLEXIBLE_ARRAY_MEMBER];
} RpSeverities;

static const RpSeverities *severities = NULL;

static const struct config_enum_entry no_policy_options[] = {
    {"error", RP_NO_POLICY_ERROR, false}, {"pass", RP_NO_POLICY_PASS, false}, {NULL, 0, false}};

const RpText *
rp_guc_conformance_disallows(uint32_t *count)
{
    *count = severities == NULL ? 0 : severities->count;
    return *count == 0 ? NULL : severities->iris;
}

/* A severity as the setting names it: an IRI, sh:Name, or a bare SHACL name such as Violation. */
static uint32
put_severity(RpSeverities *list, uint32 used, const char *name)
{
    bool is_iri = strchr(name, ':') != NULL && strncmp(name, "sh:", 3) != 0;
    const char *local = strncmp(name, "sh:", 3) == 0 ? name + 3 : name;
    char *start = list->strings + used;
    int length = is_iri ? sprintf(start, "%s", name) : sprintf(start, "%s%s", RP_SH, local);

    list->iris[list->count++] = (RpText){start, (uint32_t)length};
    return used + (uint32)length;
}

static bool
check_conformance_disallows(char **value, void **extra, GucSource source pg_attribute_unused())
{
    char *copy = pstrdup(*value);
    List *names = NIL;
    RpSeverities *list;
    ListCell *cell;
    uint32 used = 0;

    if (!SplitGUCList(copy, ',', &names) || list_length(names) > RP_SEVERITY_LIMIT ||
        names == NIL) {
        GUC_check_errdetail(
            "It is \"all\", or a list of up to %d severities, such as \"Violation, Warning\".",
            RP_SEVERITY_LIMIT);
        return false;
    }
    list = RP_GUC_ALLOCATE(sizeof(RpSeverities) + strlen(*value) +
                           (sizeof(RP_SH) + 1) * (size_t)list_length(names) + 1);
    if (list == NULL) {
        return false;
    }
    list->count = 0;
    foreach (cell, names) {
        const char *name = lfirst(cell);

        if (pg_strcasecmp(name, "all") == 0) {
            list->count = 0;
            break;
        }
        used = put_severity(list, used, name);
    }
    pfree(copy);
    *extra = list;
    return true;
}

static void
assign_conformance_disallows(const char *value pg_attribute_unused(), void *extra)
{
    severities = extra;
}

/* The directory where installing the extension puts its policies: the default of the setting. */
static const char *
installed_policies(void)
{
    static char directory[MAXPGPATH * 2];
    char share[MAXPGPATH];

    get_share_path(my_exec_path, share);
    snprintf(directory, sizeof(directory), "%s/rdfpolicy/policies", share);
    return directory;
}

static void
define_limits(void)
{
    DefineCustomIntVariable("rdfpolicy.max_image_size", "Largest compiled policy.", NULL,
                            &rp_guc_max_image_size_kb, 64 * 1024, 64, 1024 * 1024, PGC_SUSET,
                            GUC_UNIT_KB, NULL, NULL, NULL);
    DefineCustomIntVariable("rdfpolicy.max_document_size", "Largest document that is parsed.", NULL,
                            &rp_guc_max_document_size_kb, 64 * 1024, 1, 1024 * 1024, PGC_SUSET,
                            GUC_UNIT_KB, NULL, NULL, NULL);
    DefineCustomIntVariable("rdfpolicy.max_triples", "Most triples that one call judges.", NULL,
                            &rp_guc_max_triples, 10000000, 1, INT_MAX, PGC_SUSET, 0, NULL, NULL,
                            NULL);
    DefineCustomIntVariable("rdfpolicy.max_depth",
                            "Deepest nesting of a document, of paths, and of shapes within shapes.",
                            NULL, &rp_guc_max_depth, 128, 1, 10000, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomIntVariable("rdfpolicy.max_results", "Most results that one report lists.", NULL,
                            &rp_guc_max_results, 10000, 1, INT_MAX, PGC_USERSET, 0, NULL, NULL,
                            NULL);
}

void
rp_guc_set_for_level(const char *name, const char *value)
{
    (void)set_config_option(name, value, PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0,
                            false);
}

void
rp_guc_define(void)
{
    define_limits();
    DefineCustomIntVariable("rdfpolicy.reload_timeout",
                            "How long a reload waits for another one. 0 waits for ever.", NULL,
                            &rp_guc_reload_timeout_ms, 30000, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS,
                            NULL, NULL, NULL);
    DefineCustomStringVariable("rdfpolicy.policy_directory",
                               "Where the files of policies are. Relative: to the data directory.",
                               NULL, &rp_guc_policy_directory, installed_policies(), PGC_SIGHUP,
                               GUC_SUPERUSER_ONLY, NULL, NULL, NULL);
    DefineCustomEnumVariable(
        "rdfpolicy.no_policy", "What becomes of data whose policy does not exist.",
        "\"pass\" lets it through, for restoring old dumps; logged once for each policy and "
        "session.",
        &rp_guc_no_policy, RP_NO_POLICY_ERROR, no_policy_options, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomBoolVariable("rdfpolicy.track",
                             "Counts validations by policy and shape, for rdf_policy_stats.", NULL,
                             &rp_guc_track, false, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomStringVariable("rdfpolicy.conformance_disallows",
                               "The severities that make data not conform: \"all\" or a list.",
                               NULL, &conformance_disallows, "all", PGC_SUSET, GUC_LIST_INPUT,
                               check_conformance_disallows, assign_conformance_disallows, NULL);
    DefineCustomStringVariable("rdfpolicy.debug_point",
                               "Where a test holds this backend (see src/pg/debug_point.h).", NULL,
                               &rp_debug_point, "", PGC_SUSET, GUC_NOT_IN_SAMPLE | GUC_NO_SHOW_ALL,
                               NULL, NULL, NULL);
    MarkGUCPrefixReserved("rdfpolicy");
}
