/* Triples, and the terms in them (walk_internal.h). */
#include <stdio.h>

#include "base/utf8.h"
#include "jsonld/jsonld_error.h"
#include "jsonld/walk_internal.h"
#include "rdf/dictionary.h"

/* Labels of nodes that have none; of those that a document has, the ones that begin so, or are no
 * labels of Turtle, are written behind MANGLED. */
#define GENERATED "genid"
#define MANGLED "genidx"

RpStatus
rp_walk_fail(RpWalk *walk, const RpJson *place, const char *code, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    rp_jsonld_vfail(walk->arena, place, RP_TEXT(""), walk->error, RP_SYNTAX, code, format,
                    arguments);
    va_end(arguments);
    return RP_SYNTAX;
}

void
rp_walk_enter_graph(RpWalk *walk, const RpTerm *graph, bool is_valid)
{
    walk->graph = graph;
    walk->graph_is_valid = is_valid;
    walk->graph_is_announced = false;
    switch (walk->options->graphs) {
    case RP_GRAPHS_ALL:
        walk->graph_is_chosen = true;
        break;
    case RP_GRAPHS_ONE:
        walk->graph_is_chosen = graph && is_valid && graph->kind == RP_IRI &&
                                rp_text_equals(graph->lexical, walk->options->graph_iri);
        break;
    default:
        walk->graph_is_chosen = graph == NULL;
        break;
    }
}

RpStatus
rp_walk_emit(RpWalk *walk, const RpTerm *subject, const RpTerm *predicate, const RpTerm *object,
             const RpJson *place, const RpJson *subject_place)
{
    RpPosition position = {.line = place->number,
                           .subject_line = subject_place ? subject_place->number : 0};

    RP_TRY(rp_arena_poll_bytes(walk->arena, object->lexical.length, walk->error));
    if (!walk->graph_is_valid) {
        return RP_OK;
    }
    if (!walk->graph_is_chosen) {
        walk->graphs_read.left_aside++;
        return RP_OK;
    }
    walk->graphs_read.has_chosen |= walk->options->graphs == RP_GRAPHS_ONE;
    if (!walk->graph_is_announced && walk->sink->graph) {
        RP_TRY(walk->sink->graph(walk->sink->state, walk->graph, walk->error));
    }
    walk->graph_is_announced = true;
    return walk->sink->triple(walk->sink->state, subject, predicate, object, position, walk->error);
}

RpStatus
rp_walk_keep(RpWalk *walk, RpText text, RpText *kept)
{
    uint32_t start = walk->names.length;

    rp_buffer_append_text(&walk->names, text);
    RP_TRY(rp_buffer_status(&walk->names, walk->error));
    *kept = (RpText){walk->names.data + start, text.length};
    return RP_OK;
}

RpStatus
rp_walk_new_blank(RpWalk *walk, RpTerm *term)
{
    RpText prefix = walk->options->blank_prefix;
    char label[sizeof GENERATED + 10];
    uint32_t length =
        (uint32_t)snprintf(label, sizeof label, GENERATED "%u", (unsigned)++walk->blank_count);
    char *text;

    RP_TRY(rp_context_count_long(&walk->contexts, prefix.length, length));
    text = rp_arena_allocate(walk->arena, (size_t)prefix.length + length);
    if (!text) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    if (prefix.length > 0) {
        memcpy(text, prefix.data, prefix.length);
    }
    memcpy(text + prefix.length, label, length);
    *term = rp_term_blank((RpText){text, prefix.length + length});
    return RP_OK;
}

/* A label that is written as it is, behind a prefix that it stays a label behind. */
static bool
is_plain_label(RpText label)
{
    RpTerm term = rp_term_blank(label);
    RpError ignored;

    return !rp_text_starts_with(label, RP_TEXT(GENERATED)) &&
           rp_term_check(&term, &ignored) == RP_OK;
}

/* The blank node of a label of the document, in scratch. */
static RpStatus
label_blank(RpWalk *walk, RpText label, RpTerm *term)
{
    RpBuffer *buffer = &walk->literal;

    if (is_plain_label(label) && walk->options->blank_prefix.length == 0) {
        *term = rp_term_blank(label);
        return RP_OK;
    }
    RP_TRY(
        rp_context_count_long(&walk->contexts, walk->options->blank_prefix.length, label.length));
    buffer->length = 0;
    rp_buffer_append_text(buffer, walk->options->blank_prefix);
    if (is_plain_label(label)) {
        rp_buffer_append_text(buffer, label);
    } else {
        rp_buffer_append_string(buffer, MANGLED);
        for (uint32_t i = 0; i < label.length; i++) {
            rp_buffer_append_format(buffer, "%02x", (unsigned char)label.data[i]);
        }
    }
    *term = rp_term_blank(rp_buffer_text(buffer));
    return rp_buffer_status(buffer, walk->error);
}

RpStatus
rp_walk_iri(RpWalk *walk, const RpExpandedIri *iri, const RpJson *place, bool keeps, RpTerm *term,
            bool *is_valid)
{
    const RpText *text = &iri->text;

    *is_valid = false;
    *term = (RpTerm){.kind = RP_IRI};
    if (iri->is_null || iri->keyword != RP_KEYWORD_NONE_AT_ALL) {
        RpText name = place->kind == RP_JSON_STRING ? rp_json_text(place) : rp_json_key(place);

        return rp_walk_drop(walk, RP_JSONLD_DROPPED_RELATIVE_IRI, name, place);
    }
    if (text->length > 1 && text->data[0] == '_' && text->data[1] == ':') {
        *is_valid = text->length > 2;
        RP_TRY(label_blank(walk, (RpText){text->data + 2, text->length - 2}, term));
    } else if (rp_jsonld_iri_is_valid(*text, iri->checked_length)) {
        *is_valid = true;
        *term = rp_term_iri(*text);
    } else if (!rp_iri_is_absolute(*text)) {
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_RELATIVE_IRI, *text, place);
    }
    if (!*is_valid) {
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_MALFORMED_IRI, *text, place);
    }
    return keeps ? rp_walk_keep(walk, term->lexical, &term->lexical) : RP_OK;
}

RpStatus
rp_walk_type(RpWalk *walk, const RpExpandedIri *iri, const RpJson *type, RpTerm *term,
             bool *is_valid)
{
    bool is_blank = rp_text_starts_with(iri->text, RP_TEXT("_:"));

    if (!iri->is_null && iri->keyword == RP_KEYWORD_NONE_AT_ALL && !is_blank &&
        !rp_iri_is_absolute(iri->text)) {
        *is_valid = false;
        return rp_walk_drop(walk, RP_JSONLD_DROPPED_TYPE, iri->text, type);
    }
    return rp_walk_iri(walk, iri, type, false, term, is_valid);
}

uint32_t
rp_walk_node_mark(RpWalk *walk)
{
    if (walk->mark_count >= UINT32_MAX / RP_TERM_MARK_PLACES - 1) {
        return 0;
    }
    return ++walk->mark_count * RP_TERM_MARK_PLACES + walk->depth % RP_WALK_NODE_MARKS;
}

RpTerm
rp_walk_predicate(const RpWalkMember *member)
{
    RpTerm term = rp_term_iri(member->iri);

    if (member->found.term) {
        uint32_t number = member->found.layer->first_mark +
                          (uint32_t)(member->found.term - member->found.layer->table.terms);

        if (number < UINT32_MAX / RP_TERM_MARK_PLACES) {
            term.mark = number * RP_TERM_MARK_PLACES + RP_WALK_NODE_MARKS +
                        number % (RP_TERM_MARK_PLACES - RP_WALK_NODE_MARKS);
        }
    }
    return term;
}
