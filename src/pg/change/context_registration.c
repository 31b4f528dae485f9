/*
 * See context_registration.h. A row has the texts of all that its own text includes: what a version
 * was registered with keeps its meaning, whatever becomes of the others.
 */
#include "pg/change/context_registration.h"

#include "utils/array.h"

#include "jsonld/context_compile.h"
#include "pg/change/context_change.h"
#include "pg/server/bridge.h"
#include "pg/server/guc.h"
#include "rdf/term.h"

enum { IRI_LIMIT = 2000 /* bytes: it is in the key of an index */ };

static RpParameter
text_array(const RpText *texts, uint32 count)
{
    Datum *values = palloc(sizeof(Datum) * (count + 1));

    for (uint32 i = 0; i < count; i++) {
        values[i] = PointerGetDatum(rp_text_datum(texts[i]));
    }
    return (RpParameter){
        TEXTARRAYOID,
        PointerGetDatum(construct_array(values, (int)count, TEXTOID, -1, false, TYPALIGN_INT)),
        false};
}

void
rp_context_iri_check(RpText iri)
{
    RpError error;

    RP_BRIDGE_TRY(rp_iri_check(iri, &error), &error);
    if (iri.length > IRI_LIMIT) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                        errmsg("the IRI of a context has at most %d bytes, not %u", IRI_LIMIT,
                               iri.length)));
    }
}

/* ERROR 42704. */
RP_NORETURN static void
raise_missing(const RpContextRegistration *registration, RpText missing)
{
    RpShown shown;
    RpShown by;

    ereport(ERROR,
            (errcode(ERRCODE_UNDEFINED_OBJECT),
             errmsg("loading remote context failed: <%s> is not registered",
                    rp_text_show(missing, &shown)),
             errdetail("The context <%s> includes it, and contexts are not fetched.",
                       rp_text_show(registration->source.iri, &by)),
             errhint("Register it first: SELECT rdf_context_register('%s', '{\"@context\": …}').",
                     shown.text)));
}

/* What compiling said; of a context that is compiled anew for the sake of another, which one. */
RP_NORETURN static void
raise_problem(const RpContextRegistration *registration, RpError *error)
{
    if (registration->is_includer) {
        RpShown shown;

        rp_error_prefix(error, psprintf("the context <%s>, which includes this one, would not "
                                        "compile: ",
                                        rp_text_show(registration->source.iri, &shown)));
    }
    rp_bridge_raise(error);
}

/* $1: IRIs. Their texts, by IRI; and one of them that is not registered. */
static const char *const find_included =
    "SELECT coalesce(jsonb_object_agg(c.iri, c.body) FILTER (WHERE c.iri IS NOT NULL), '{}'),"
    " min(i.iri) FILTER (WHERE c.iri IS NULL)"
    " FROM unnest($1) AS i (iri)"
    " LEFT JOIN @.rdf_catalog_context c ON c.iri = i.iri AND c.is_in_force";

/* Read the texts of what is included into the source; what is offered is registered first. ERROR
 * 42704. */
static void
read_included(RpContextRegistration *registration)
{
    RpParameter iris = text_array(registration->includes, registration->include_count);
    char *missing;

    do {
        rp_catalog_run(registration->writer, find_included, 1, &iris);
        registration->source.included = rp_catalog_result_jsonb(0, 1);
        missing = rp_catalog_result_string(0, 2, CurrentMemoryContext);
        if (missing != NULL && !rp_context_register_offered(registration, rp_text_from(missing))) {
            raise_missing(registration, rp_text_from(missing));
        }
    } while (missing != NULL);
}

/* Add what is missing to the IRIs that are included. False: it is all known. */
static bool
add_missing(RpContextRegistration *registration, const RpMissingContexts *missing)
{
    bool is_added = false;

    for (uint32 i = 0; i < missing->count; i++) {
        bool is_known = false;

        for (uint32 j = 0; j < registration->include_count && !is_known; j++) {
            is_known = rp_text_equals(registration->includes[j], missing->iris[i]);
        }
        if (!is_known) {
            registration->includes = repalloc_huge(
                registration->includes, sizeof(RpText) * ((Size)registration->include_count + 1));
            registration->includes[registration->include_count++] = missing->iris[i];
            is_added = true;
        }
    }
    return is_added;
}

/*
 * Which contexts a text includes, by way of others too, is known when it is compiled, and it
 * compiles when they are known: so it is tried again with each that it asks for.
 */
static void
compile(RpContextRegistration *registration)
{
    RpJsonldContextSummary summary;
    RpMissingContexts missing;
    RpError error;
    RpStatus status;
    RpText compiled;

    registration->includes = palloc(sizeof(RpText));
    do {
        RpArena *arena = rp_bridge_work_arena(CurrentMemoryContext, 0);

        CHECK_FOR_INTERRUPTS();
        read_included(registration);
        error = (RpError){.status = RP_OK};
        status = rp_context_source_compile(arena, &registration->source, &arena->host->hash_key,
                                           &compiled, &missing, &error);
    } while (add_missing(registration, &missing));
    if (status != RP_OK) {
        raise_problem(registration, &error);
    }
    if (compiled.length / 1024 >= (uint32_t)rp_guc_max_image_size_kb) {
        ereport(ERROR, (errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
                        errmsg("the compiled context is too large"),
                        errdetail("It has %u bytes; rdfpolicy.max_image_size is %d kB.",
                                  compiled.length, rp_guc_max_image_size_kb)));
    }
    rp_jsonld_context_summary(compiled.data, &summary);
    registration->term_count = summary.term_count;
    registration->is_partial = summary.is_partial;
}

/* NOTICE of a context that is of use only together with others. */
static void
tell_partial(const RpContextRegistration *registration)
{
    RpShown shown;

    if (registration->is_partial && !registration->is_includer) {
        ereport(NOTICE,
                (errmsg("the context <%s> cannot be used by itself",
                        rp_text_show(registration->source.iri, &shown)),
                 errdetail("Some of its terms get their IRIs from a @vocab, or a base IRI, that it "
                           "does not have: that of a context before it, or of one that imports it. "
                           "It is not compiled, but read with each document that names it.")));
    }
}

/* $1: IRI, $2: body, $3: what is included. Its signature, and whether the row says so already. */
static const char *const find_signature =
    "SELECT s, EXISTS (SELECT FROM @.rdf_catalog_context WHERE iri = $1 AND signature = s"
    "  AND is_in_force AND body = $2 AND included = $3)"
    " FROM (SELECT " RP_CONTEXT_SIGNATURE("$2", "$3") " AS s) AS new";

/* The same; $4: the IRIs that the text takes in, $5: how many terms, $6: who, $7: the signature. A
 * row that was written by hand is made right. */
static const char *const write_row =
    "INSERT INTO @.rdf_catalog_context (iri, signature, is_in_force, body, includes, included,"
    " terms, registered_at, registered_by)"
    " VALUES ($1, $7, true, $2, $4, $3, $5, clock_timestamp(), $6)"
    " ON CONFLICT (iri, signature) DO UPDATE SET is_in_force = true, body = excluded.body,"
    " includes = excluded.includes, included = excluded.included, terms = excluded.terms,"
    " registered_at = excluded.registered_at, registered_by = excluded.registered_by";

bool
rp_context_put_in_force(RpContextRegistration *registration)
{
    const RpCatalogWriter *writer = registration->writer;
    RpParameter parameters[7];

    compile(registration);
    parameters[0] = RP_TEXT_OF(registration->source.iri);
    parameters[1] = RP_JSONB_OF(registration->source.body);
    parameters[2] = RP_JSONB_OF(registration->source.included);
    parameters[3] = text_array(registration->includes, registration->include_count);
    parameters[4] = RP_INTEGER_OF((int32)registration->term_count);
    parameters[5] = RP_STRING_OF(GetUserNameFromId(writer->caller, false));
    rp_catalog_run(writer, find_signature, 3, parameters);
    registration->signature = rp_text_from(rp_catalog_result_string(0, 1, CurrentMemoryContext));
    if (rp_catalog_result_bool(0, 2)) {
        return false;
    }
    tell_partial(registration);
    parameters[6] = RP_TEXT_OF(registration->signature);
    rp_catalog_run(writer,
                   "UPDATE @.rdf_catalog_context SET is_in_force = false"
                   " WHERE iri = $1 AND is_in_force AND signature <> $7",
                   lengthof(parameters), parameters);
    rp_catalog_run(writer, write_row, lengthof(parameters), parameters);
    return true;
}

/* The member of an import; NULL: it has none. */
static Jsonb *
offered_body(Jsonb *offered, RpText iri)
{
    JsonbValue key = {.type = jbvString,
                      .val.string = {.val = unconstify(char *, iri.data), .len = (int)iri.length}};
    JsonbValue *value = findJsonbValueFromContainer(&offered->root, JB_FOBJECT, &key);

    return value == NULL ? NULL : JsonbValueToJsonb(value);
}

bool
rp_context_register_offered(const RpContextRegistration *registration, RpText iri)
{
    RpContextRegistration offered = {.writer = registration->writer,
                                     .source = {.iri = iri},
                                     .offered = registration->offered,
                                     .includer = registration};

    for (const RpContextRegistration *r = registration; r != NULL; r = r->includer) {
        if (rp_text_equals(r->source.iri, iri)) {
            return false;
        }
    }
    if (registration->offered != NULL) {
        offered.source.body = offered_body(registration->offered, iri);
    }
    if (offered.source.body == NULL) {
        return false;
    }
    rp_context_iri_check(iri);
    if (rp_context_put_in_force(&offered)) {
        rp_context_change_note(offered.writer, "context_register", iri, offered.signature);
    }
    return true;
}
