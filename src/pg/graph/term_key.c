/* See term_key.h. */
#include "pg/graph/term_key.h"

#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "pg/graph/plain_label.h"
#include "pg/server/bridge.h"
#include "pg/term/term_type.h"

/* A label stands in its column with its prefix or without it; which one is not known, so both are
 * keys. */
static Datum
text_key(const char *prefix, RpText lexical)
{
    return PointerGetDatum(
        cstring_to_text_with_len(psprintf("%s%.*s", prefix, (int)lexical.length, lexical.data),
                                 (int)(strlen(prefix) + lexical.length)));
}

/* At most RP_TERM_KEY_LIMIT. A row that has one of the keys need not have the term: kinds,
 * datatypes and languages are compared when it is read. */
uint32
rp_term_keys(const RpTermPlace *place, const RpTerm *term, Datum *keys)
{
    switch (place->form) {
    case RP_FORM_TERM:
        keys[0] = rp_term_datum(term);
        return 1;
    case RP_FORM_NTRIPLES:
        /* As this extension writes a term: who stores IRIs and labels otherwise is told when they
         * are read (rp_term_place_is_canonical). */
        keys[0] = PointerGetDatum(rp_text_datum(rp_term_text(term, CurrentMemoryContext)));
        return 1;
    default:
        if (term->kind != RP_BLANK) {
            keys[0] = PointerGetDatum(rp_text_datum(term->lexical));
            return 1;
        }
        keys[0] = PointerGetDatum(rp_text_datum(rp_plain_label_text(term->lexical)));
        keys[1] = text_key("_:", rp_plain_label_text(term->lexical));
        return 2;
    }
}

Oid
rp_term_key_type(const RpTermPlace *place, Oid namespace)
{
    return place->form != RP_FORM_TERM
               ? TEXTOID
               : GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("rdf_term"),
                                 ObjectIdGetDatum(namespace));
}

/* The operator is the type's: in the schema of its type. */
void
rp_key_append_condition(StringInfo query, const char *column, Oid type, int parameter, bool is_any)
{
    HeapTuple tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(type));
    Oid namespace;

    if (!HeapTupleIsValid(tuple)) {
        elog(ERROR, "cache lookup failed for type %u", type);
    }
    namespace = ((Form_pg_type)GETSTRUCT(tuple))->typnamespace;
    ReleaseSysCache(tuple);
    appendStringInfo(query, is_any ? "%s OPERATOR(%s.=) ANY ($%d)" : "%s OPERATOR(%s.=) $%d",
                     quote_identifier(column), quote_identifier(get_namespace_name(namespace)),
                     parameter);
}

Datum
rp_key_array(Datum *keys, uint32 count, Oid type)
{
    int16 length;
    bool is_by_value;
    char alignment;

    get_typlenbyvalalign(type, &length, &is_by_value, &alignment);
    return PointerGetDatum(construct_array(keys, (int)count, type, length, is_by_value, alignment));
}
