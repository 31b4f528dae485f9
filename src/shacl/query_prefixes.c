/* Prefixes of queries: SHACL Recommendation, section 5.2.1. The document's own do not count. */
#include "base/utf8.h"
#include "shacl/node_walk.h"
#include "shacl/query_reader.h"
#include "shacl/shape_error.h"

/* The search along owl:imports. */
typedef struct Search {
    const RpQuerySource *source;
    RpShapeReader *reader;
    RpArena *arena;
    RpPrefixTable *prefixes;
    RpNodeWalk walk;
} Search;

static RpStatus
fail(const Search *search, RpTermId node, RpVocabulary property, const char *rule, RpTermId value,
     const char *what)
{
    return rp_query_fail(search->source->parameters, node, property, rule, value, "%s", what);
}

/* The one value of a declaration's property, a literal of one of two datatypes. */
static RpStatus
read_text(const Search *search, RpTermId declaration, RpVocabulary property, RpTermId *value)
{
    const RpDictionary *dictionary = &search->reader->shapes->graph->dictionary;
    bool is_prefix = property == RP_VOCABULARY_sh_prefix;
    RpTripleRange values = rp_shape_reader_values(search->reader, declaration, property);
    RpTermId datatype;

    if (rp_triple_range_count(values) != 1) {
        return fail(search, declaration, property, is_prefix ? "prefix-count" : "namespace-count",
                    RP_TERM_NONE, "must have exactly one value");
    }
    *value = values.first->object;
    datatype = rp_dictionary_datatype(dictionary, *value);
    if (datatype != RP_VOCABULARY_xsd_string &&
        (is_prefix || datatype != RP_VOCABULARY_xsd_anyURI)) {
        return fail(search, declaration, property,
                    is_prefix ? "prefix-datatype" : "namespace-datatype", *value,
                    is_prefix ? "must be an xsd:string literal" : "must be an xsd:anyURI literal");
    }
    return RP_OK;
}

/* PN_PREFIX, or nothing. */
static bool
is_prefix_name(RpText name)
{
    uint32_t length;

    for (uint32_t at = 0; at < name.length; at += length) {
        uint32_t code_point = rp_utf8_decode(name.data + at, &length);
        bool is_dot = code_point == '.' && at > 0 && at + length < name.length;

        if (!is_dot &&
            (code_point == ':' || (code_point == '_' && at == 0) ||
             !(at == 0 ? rp_utf8_is_name_start(code_point) : rp_utf8_is_name_char(code_point)))) {
            return false;
        }
    }
    return true;
}

static RpStatus
add_declaration(Search *search, RpTermId owner, RpTermId declaration)
{
    const RpDictionary *dictionary = &search->reader->shapes->graph->dictionary;
    RpError *error = search->reader->error;
    RpTermId prefix_id, namespace_id;
    RpText prefix, namespace_iri, known;

    if (rp_dictionary_kind(dictionary, declaration) == RP_LITERAL) {
        return fail(search, owner, RP_VOCABULARY_sh_declare, "declare-nodeKind", declaration,
                    "must be a node with sh:prefix and sh:namespace");
    }
    RP_TRY(read_text(search, declaration, RP_VOCABULARY_sh_prefix, &prefix_id));
    RP_TRY(read_text(search, declaration, RP_VOCABULARY_sh_namespace, &namespace_id));
    prefix = rp_dictionary_term(dictionary, prefix_id).lexical;
    namespace_iri = rp_dictionary_term(dictionary, namespace_id).lexical;
    if (!is_prefix_name(prefix)) {
        return fail(search, declaration, RP_VOCABULARY_sh_prefix, NULL, prefix_id,
                    "must be a prefix without its colon");
    }
    /* Where it is relative, the query's base IRI has to make it absolute. */
    if (rp_iri_check_rest(namespace_iri, 0, error) != RP_OK) {
        return fail(search, declaration, RP_VOCABULARY_sh_namespace, NULL, namespace_id,
                    "must be an IRI");
    }
    if (!rp_prefix_table_get(search->prefixes, prefix, &known)) {
        return rp_prefix_table_set(search->prefixes, prefix, namespace_iri, error);
    }
    return rp_text_equals(known, namespace_iri)
               ? RP_OK
               : fail(search, declaration, RP_VOCABULARY_sh_prefix, "prefixes-duplicates",
                      prefix_id, "has another namespace elsewhere among the query's prefixes");
}

/* What a node declares, and what it imports. */
static RpStatus
visit(Search *search, RpTermId node)
{
    RpShapeReader *reader = search->reader;
    RpTripleRange declarations = rp_shape_reader_values(reader, node, RP_VOCABULARY_sh_declare);
    RpTripleRange imports = rp_shape_reader_values(reader, node, RP_VOCABULARY_owl_imports);

    RP_TRY(rp_shape_reader_add_parts(
        reader, reader->shapes->shapes[search->source->parameters->shape].node,
        rp_triple_range_count(declarations) + rp_triple_range_count(imports)));
    for (const RpTriple *triple = declarations.first; triple < declarations.end; triple++) {
        RP_TRY(rp_arena_poll(search->arena, reader->error));
        RP_TRY(add_declaration(search, node, triple->object));
    }
    for (const RpTriple *triple = imports.first; triple < imports.end; triple++) {
        RP_TRY(rp_arena_poll(search->arena, reader->error));
        RP_TRY(rp_node_walk_add(&search->walk, triple->object));
    }
    return RP_OK;
}

RpStatus
rp_query_prefixes(const RpQuerySource *source, RpArena *arena, RpPrefixTable *prefixes)
{
    RpShapeReader *reader = source->parameters->reader;
    RpTripleRange values = rp_shape_reader_values(reader, source->node, RP_VOCABULARY_sh_prefixes);
    Search search = {.source = source, .reader = reader, .arena = arena, .prefixes = prefixes};
    RpTermId node;

    rp_prefix_table_init(prefixes, arena, RP_QUERY_PREFIX_LIMIT);
    RP_TRY(rp_node_walk_begin(&search.walk, reader, arena));
    for (const RpTriple *value = values.first; value < values.end; value++) {
        if (rp_dictionary_kind(&reader->shapes->graph->dictionary, value->object) == RP_LITERAL) {
            return fail(&search, source->node, RP_VOCABULARY_sh_prefixes, "prefixes-nodeKind",
                        value->object, "must be a node that declares prefixes, not a literal");
        }
        RP_TRY(rp_node_walk_add(&search.walk, value->object));
    }
    while (rp_node_walk_next(&search.walk, &node)) {
        RP_TRY(visit(&search, node));
    }
    return RP_OK;
}
