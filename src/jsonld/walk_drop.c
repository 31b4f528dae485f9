/* What the recommendation drops: noted, said, or refused (jsonld.h, walk_internal.h). */
#include "jsonld/jsonld_error.h"
#include "jsonld/walk_internal.h"

/* By RpJsonldDropKind: what a NOTICE and an error call them. */
static const struct {
    const char *one;    /* of one, before its name */
    const char *many;   /* of several */
    const char *before; /* of an error, around its name */
    const char *behind;
} kinds[RP_JSONLD_DROP_KIND_COUNT] = {
    {"key that is no term", "keys that are no terms", "the key \"",
     "\" is neither a term of the context nor an absolute IRI"},
    {"type that is no term", "types that are no terms", "the type \"",
     "\" is neither a term of the context nor an absolute IRI"},
    {"relative IRI without a base", "relative IRIs without a base", "\"",
     "\" is a relative IRI, and no base makes it absolute"},
    {"malformed IRI", "malformed IRIs", "\"", "\" is no valid IRI"},
    {"malformed language tag", "malformed language tags", "\"", "\" is no language tag"},
    {"property that is a blank node", "properties that are blank nodes", "the property \"",
     "\" is a blank node, which no triple can have as its predicate"},
    {"value that is no property's", "values that are no property's", "the value \"",
     "\" is no property's"},
    {"base direction", "base directions", "the base direction \"", "\""},
};

RpStatus
rp_walk_drop(RpWalk *walk, RpJsonldDropKind kind, RpText name, const RpJson *place)
{
    RpJsonldDrops *drops = walk->options->drops;
    RpShown shown;

    if (walk->options->refuses_drops && kind != RP_JSONLD_DROPPED_DIRECTION) {
        rp_walk_fail(walk, place, NULL, "%s%s%s", kinds[kind].before, rp_text_show(name, &shown),
                     kinds[kind].behind);
        return rp_error_hint(walk->error,
                             "It would be dropped, and what is dropped is an error here.");
    }
    if (drops && drops->counts[kind]++ < RP_JSONLD_DROPS_KEPT) {
        RpJsonldDrop *kept = &drops->first[kind][drops->counts[kind] - 1];

        rp_jsonld_show(name, kept->name, sizeof kept->name);
        rp_json_pointer_show(walk->arena, place, kept->pointer, sizeof kept->pointer);
    }
    return RP_OK;
}

bool
rp_jsonld_drops_are_any(const RpJsonldDrops *drops)
{
    for (int kind = 0; kind < RP_JSONLD_DROP_KIND_COUNT; kind++) {
        if (drops->counts[kind] > 0) {
            return true;
        }
    }
    return false;
}

void
rp_jsonld_drops_describe(const RpJsonldDrops *drops, RpBuffer *buffer)
{
    bool is_first = true;

    for (int kind = 0; kind < RP_JSONLD_DROP_KIND_COUNT; kind++) {
        uint64_t count = drops->counts[kind];
        uint64_t kept = count < RP_JSONLD_DROPS_KEPT ? count : RP_JSONLD_DROPS_KEPT;

        if (count == 0) {
            continue;
        }
        rp_buffer_append_format(buffer, "%s%llu %s: ", is_first ? "" : "; ",
                                (unsigned long long)count,
                                count == 1 ? kinds[kind].one : kinds[kind].many);
        for (uint64_t i = 0; i < kept; i++) {
            rp_buffer_append_format(buffer, "%s\"%s\" at \"%s\"", i > 0 ? ", " : "",
                                    drops->first[kind][i].name, drops->first[kind][i].pointer);
        }
        rp_buffer_append_string(buffer, count > kept ? ", …" : "");
        is_first = false;
    }
}
