/* See named_graphs.h. */
#include "pg/graph/named_graphs.h"

#include "pg/server/bridge.h"

/* ERROR 22P02. The term lives in the current memory context. */
static void
read_element(Datum element, RpTerm *term)
{
    RpArena *arena = rp_bridge_arena(CurrentMemoryContext, 0);
    RpText name = rp_text_of(DatumGetTextPP(element));
    RpError error;

    RP_BRIDGE_TRY(rp_term_parse(arena, name, term, &error), &error);
    if (term->kind == RP_LITERAL) {
        ereport(ERROR, (errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
                        errmsg("\"%s\" is no name of a graph", rp_text_cstring(name)),
                        errhint("Named graphs are given as <iri>.")));
    }
}

void
rp_named_graphs_read(FunctionCallInfo fcinfo, int argument, RpNamedGraphs *graphs)
{
    *graphs = (RpNamedGraphs){0};
    if (!PG_ARGISNULL(argument)) {
        rp_named_graphs_parse(PG_GETARG_ARRAYTYPE_P(argument), graphs);
    }
}

/* NULL among them is the default graph; an empty array asks for no graph at all. */
void
rp_named_graphs_parse(ArrayType *array, RpNamedGraphs *graphs)
{
    Datum *elements;
    bool *nulls;
    int count;
    RpTerm *terms;

    deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements, &nulls, &count);
    terms = palloc(sizeof(RpTerm) * (Size)(count + 1));
    *graphs = (RpNamedGraphs){.are_some = true, .graphs = terms};
    for (int i = 0; i < count; i++) {
        if (nulls[i]) {
            graphs->has_default = true;
        } else {
            read_element(elements[i], &terms[graphs->count++]);
        }
    }
}

bool
rp_named_graphs_have(const RpNamedGraphs *graphs, const RpTerm *graph)
{
    if (!graphs->are_some) {
        return true;
    }
    if (graph == NULL) {
        return graphs->has_default;
    }
    for (uint32 i = 0; i < graphs->count; i++) {
        if (rp_term_equals(&graphs->graphs[i], graph)) {
            return true;
        }
    }
    return false;
}
