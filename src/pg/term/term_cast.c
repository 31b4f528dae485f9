/* See term_cast.h. */
#include "pg/term/term_cast.h"

#include "xsd/datatype.h"
#include "pg/server/bridge.h"

Datum
rp_cast_literal(RpVocabulary datatype, const char *lexical)
{
    RpTerm term = rp_term_literal(rp_text_from(lexical), rp_vocabulary_iri(datatype));

    return rp_term_datum(&term);
}

void
rp_cast_refuse_value(const char *value, RpVocabulary datatype)
{
    RpText iri = rp_vocabulary_iri(datatype);

    ereport(ERROR,
            (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("%s has no RDF literal", value),
             errdetail("The datatype %.*s has no such value.", (int)iri.length, iri.data)));
}

/* The term is shown cut: it may be as long as a value of the type can be. */
void
rp_cast_refuse_term(const RpTerm *term, const char *type, const char *hint)
{
    RpShown shown;

    ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                    errmsg("RDF term %s is no %s",
                           rp_text_show(rp_term_text(term, CurrentMemoryContext), &shown), type),
                    hint != NULL ? errhint("%s", hint) : 0));
}

/*
 * The lexical form must be of the datatype cast to, not only be readable by PostgreSQL's input
 * function, which takes more (and depends on settings).
 */
char *
rp_cast_argument(FunctionCallInfo fcinfo, RpVocabulary datatype, const char *type)
{
    RpTerm term = RP_GETARG_TERM(0);

    if (term.kind != RP_LITERAL || term.language.length > 0 ||
        !rp_datatype_accepts(datatype, term.lexical)) {
        rp_cast_refuse_term(&term, type, NULL);
    }
    return rp_text_cstring(term.lexical);
}
