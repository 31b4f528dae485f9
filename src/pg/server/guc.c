/* Defining the settings, and reading the one that is a list. */
#include "pg/server/guc.h"

#include <limits.h>

#include "utils/guc.h"
#include "utils/varlena.h"

#include "rdf/term.h"
#include "pg/server/debug_point.h"

enum { RP_SEVERITY_LIMIT = 32 };

char *rp_guc_policy_directory = NULL;
int rp_guc_max_image_size_kb = 64 * 1024;
int rp_guc_max_document_size_kb = 64 * 1024;
int rp_guc_max_triples = 10000000;
int rp_guc_work_mem_kb = 1024 * 1024;
int rp_guc_max_bindings = 10000000;
int rp_guc_max_depth = 128;
int rp_guc_max_results = 10000;
int rp_guc_max_report_size_kb = 64 * 1024;
int rp_guc_reload_timeout_ms = 30000;
int rp_guc_judgement_timeout_ms = 0;
int rp_guc_no_policy = RP_NO_POLICY_ERROR;
int rp_guc_error_detail = RP_ERROR_DETAIL_TEXT;
bool rp_guc_track = false;
bool rp_guc_staging_notice = true;
bool rp_guc_exact_decimals = true;

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

static const struct config_enum_entry error_detail_options[] = {
    {"text", RP_ERROR_DETAIL_TEXT, false}, {"json", RP_ERROR_DETAIL_JSON, false}, {NULL, 0, false}};

const RpText *
rp_guc_conformance_disallows(uint32_t *count)
{
    *count = severities == NULL ? 0 : severities->count;
    return *count == 0 ? NULL : severities->iris;
}

/* What nothing has would let all pass, so IRIs that are nearly SHACL's are none. */
const char *
rp_guc_severity_iri(const char *name)
{
    static const char *const local_names[] = {"Violation", "Warning", "Info"};
    const char *local = name;
    RpError error;

    if (strncmp(name, RP_SH, sizeof(RP_SH) - 1) == 0) {
        local = name + sizeof(RP_SH) - 1;
    } else if (strncmp(name, "sh:", 3) == 0) {
        local = name + 3;
    }
    for (uint32 i = 0; i < lengthof(local_names); i++) {
        if (strcmp(local, local_names[i]) == 0) {
            return psprintf("%s%s", RP_SH, local);
        }
    }
    if (pg_strncasecmp(name, "sh:", 3) == 0 || strstr(name, "//www.w3.org/ns/shacl") != NULL ||
        rp_iri_check(rp_text_from(name), &error) != RP_OK) {
        return NULL;
    }
    return name;
}

/* The IRIs of a list of severities: NIL for "all". False: GUC_check_errdetail has been told of a
 * word that is no severity. */
static bool
severity_iris(const List *names, List **iris)
{
    bool has_all = false;
    ListCell *cell;

    *iris = NIL;
    foreach (cell, names) {
        const char *name = lfirst(cell);
        const char *iri = rp_guc_severity_iri(name);

        if (pg_strcasecmp(name, "all") == 0) {
            has_all = true;
        } else if (iri != NULL) {
            *iris = lappend(*iris, (char *)iri);
        } else {
            GUC_check_errdetail("There is no severity \"%s\".", name);
            GUC_check_errhint("Severities are Violation, Warning, Info, and those of your own by "
                              "their IRIs; \"all\" is all of them.");
            return false;
        }
    }
    *iris = has_all ? NIL : *iris;
    return true;
}

/* The same in one block of the kind that belongs to settings; NULL: no memory. */
static RpSeverities *
pack_severities(const List *iris)
{
    size_t size = sizeof(RpSeverities);
    RpSeverities *list;
    ListCell *cell;
    char *end;

    foreach (cell, iris) {
        size += strlen(lfirst(cell)) + 1;
    }
    list = RP_GUC_ALLOCATE(size);
    if (list != NULL) {
        list->count = 0;
        end = list->strings;
        foreach (cell, iris) {
            strcpy(end, lfirst(cell));
            list->iris[list->count++] = rp_text_from(end);
            end += strlen(end) + 1;
        }
    }
    return list;
}

static bool
check_conformance_disallows(char **value, void **extra, GucSource source pg_attribute_unused())
{
    List *names = NIL;
    List *iris;

    if (!SplitGUCList(pstrdup(*value), ',', &names) || list_length(names) > RP_SEVERITY_LIMIT ||
        names == NIL) {
        GUC_check_errdetail(
            "It is \"all\", or a list of up to %d severities, such as \"Violation, Warning\".",
            RP_SEVERITY_LIMIT);
        return false;
    }
    if (!severity_iris(names, &iris)) {
        return false;
    }
    *extra = pack_severities(iris);
    return *extra != NULL;
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
    DefineCustomIntVariable(
        "rdfpolicy.work_mem", "Most memory that judging, parsing or compiling one document takes.",
        "Names of the document count as they are when they are written out.", &rp_guc_work_mem_kb,
        1024 * 1024, 64, MAX_KILOBYTES, PGC_SUSET, GUC_UNIT_KB, NULL, NULL, NULL);
    DefineCustomIntVariable("rdfpolicy.max_bindings",
                            "Most solutions that a SPARQL query of a policy has at a time.",
                            "Those of its parts count too.", &rp_guc_max_bindings, 10000000, 1,
                            INT_MAX, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomIntVariable("rdfpolicy.max_depth",
                            "Deepest nesting of a document, of paths, and of shapes within shapes.",
                            NULL, &rp_guc_max_depth, 128, 1, 10000, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomIntVariable(
        "rdfpolicy.max_results", "Most results that one report lists, where the call does not say.",
        NULL, &rp_guc_max_results, 10000, 1, INT_MAX, PGC_USERSET, 0, NULL, NULL, NULL);
    /* PostgreSQL's jsonb arrays and texts hold what this allows, escapes included. */
    DefineCustomIntVariable("rdfpolicy.max_report_size", "Largest validation report.",
                            "Results beyond are left out, and the report says so.",
                            &rp_guc_max_report_size_kb, 64 * 1024, 1, 128 * 1024, PGC_SUSET,
                            GUC_UNIT_KB, NULL, NULL, NULL);
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
    DefineCustomIntVariable("rdfpolicy.judgement_timeout",
                            "What judging a transaction's changes of graphs may take, in all.",
                            "statement_timeout does not bound what happens at COMMIT. 0: no limit.",
                            &rp_guc_judgement_timeout_ms, 0, 0, INT_MAX, PGC_USERSET, GUC_UNIT_MS,
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
    DefineCustomEnumVariable("rdfpolicy.error_detail",
                             "What the DETAIL of a violated policy is: text, or a report as JSON.",
                             NULL, &rp_guc_error_detail, RP_ERROR_DETAIL_TEXT, error_detail_options,
                             PGC_USERSET, 0, NULL, NULL, NULL);
    DefineCustomBoolVariable(
        "rdfpolicy.exact_decimals",
        "Whether a number that JSON-LD takes for an xsd:decimal keeps its digits.",
        "The recommendation writes 10.5 as 1.05E1, which is no xsd:decimal.",
        &rp_guc_exact_decimals, true, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomBoolVariable("rdfpolicy.track",
                             "Counts validations by policy and shape, for rdf_policy_stats.", NULL,
                             &rp_guc_track, false, PGC_SUSET, 0, NULL, NULL, NULL);
    DefineCustomBoolVariable("rdfpolicy.staging_notice",
                             "Says of what is registered that it is staged and not in force.", NULL,
                             &rp_guc_staging_notice, true, PGC_USERSET, 0, NULL, NULL, NULL);
    DefineCustomStringVariable("rdfpolicy.conformance_disallows",
                               "The severities that make data not conform: \"all\" or a list.",
                               NULL, &conformance_disallows, "all", PGC_SUSET, GUC_LIST_INPUT,
                               check_conformance_disallows, assign_conformance_disallows, NULL);
    DefineCustomStringVariable("rdfpolicy.debug_point",
                               "Where a test holds this backend (see src/pg/server/debug_point.h).",
                               NULL, &rp_debug_point, "", PGC_SUSET,
                               GUC_NOT_IN_SAMPLE | GUC_NO_SHOW_ALL, NULL, NULL, NULL);
    MarkGUCPrefixReserved("rdfpolicy");
}
