/*
 * Whether a query reads triples of any predicate: by a variable, a negated set, or a path of zero
 * length between two nodes that nothing else of its pattern finds, which every node is.
 */
#include "sparql/syntax.h"

static bool
has_negated(const RpSyntaxNode *path)
{
    bool found = path->kind == RP_ALGEBRA_NEGATED;

    for (const RpSyntaxNode *part = path->first; part && !found; part = part->next) {
        found = has_negated(part);
    }
    return found;
}

/* Whether a path can be of zero length. */
static bool
may_be_empty(const RpSyntaxNode *path)
{
    bool is_sequence = path->kind == RP_ALGEBRA_SEQUENCE;

    switch (path->kind) {
    case RP_ALGEBRA_CONSTANT:
    case RP_ALGEBRA_NEGATED:
        return false;
    case RP_ALGEBRA_ZERO_OR_MORE:
    case RP_ALGEBRA_ZERO_OR_ONE:
        return true;
    default:
        for (const RpSyntaxNode *part = path->first; part; part = part->next) {
            if (may_be_empty(part) != is_sequence) {
                return !is_sequence;
            }
        }
        return is_sequence;
    }
}

/* What may be bound before is not found by that: the data need not have it. */
static bool
is_found(const bool *found, const RpSyntaxNode *term)
{
    return term->kind == RP_ALGEBRA_CONSTANT || found[term->value];
}

/* Note which variables a triple or path finds. Returns whether it finds one more. */
static bool
find_ends(const RpSyntaxNode *triple, bool *found)
{
    const RpSyntaxNode *subject = triple->first;
    const RpSyntaxNode *object = triple->last;
    bool finds = triple->kind == RP_ALGEBRA_TRIPLE || !may_be_empty(subject->next) ||
                 is_found(found, subject) || is_found(found, object);
    bool is_new = finds && !(is_found(found, subject) && is_found(found, object));

    if (is_new && subject->kind == RP_ALGEBRA_VARIABLE) {
        found[subject->value] = true;
    }
    if (is_new && object->kind == RP_ALGEBRA_VARIABLE) {
        found[object->value] = true;
    }
    return is_new;
}

RpStatus
rp_pattern_note_reads(RpParser *parser, const RpSyntaxNode *bgp)
{
    bool *found;
    bool finds_more = true;

    RP_TRY(rp_scope_make(parser, &found));
    while (finds_more) {
        finds_more = false;
        for (const RpSyntaxNode *triple = bgp->first; triple; triple = triple->next) {
            finds_more = find_ends(triple, found) || finds_more;
            RP_TRY(rp_arena_poll(parser->arena, parser->error));
        }
    }
    for (const RpSyntaxNode *triple = bgp->first; triple; triple = triple->next) {
        const RpSyntaxNode *verb = triple->first->next;

        if (verb->kind == RP_ALGEBRA_VARIABLE || has_negated(verb) ||
            !is_found(found, triple->first) || !is_found(found, triple->last)) {
            parser->flags |= RP_ALGEBRA_READS_ALL;
        }
    }
    return RP_OK;
}
