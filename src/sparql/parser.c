/* What compile.h offers: the parser, begun and ended. */
#include "sparql/compile.h"

#include "sparql/syntax.h"

RpStatus
rp_query_compile(RpArena *arena, RpDictionary *dictionary, RpText text,
                 const RpCompileOptions *options, RpText *bytes, RpError *error)
{
    RpParser parser = {.arena = arena,
                       .dictionary = dictionary,
                       .error = error,
                       .options = options,
                       .original = text,
                       .base = options->base_iri};
    RpSyntaxNode *root;

    rp_prefix_table_init(&parser.prefixes, arena, RP_QUERY_PREFIX_LIMIT);
    RP_TRY(rp_token_begin(&parser));
    RP_TRY(rp_parse_query(&parser, &root));
    return rp_algebra_write(&parser, root, bytes);
}
