/* The members of an object, and what their keys stand for (walk_internal.h). */
#include "jsonld/walk_internal.h"

#include "rdf/term.h"

/* A member on the stack. */
static RpStatus
push(RpWalk *walk, const RpWalkMember *member)
{
    RpWalkMember *members =
        rp_arena_grow(walk->arena, walk->members, walk->member_count, walk->member_count + 1,
                      &walk->member_capacity, sizeof(RpWalkMember));

    if (!members) {
        return rp_arena_failure(walk->arena, walk->error);
    }
    walk->members = members;
    members[walk->member_count++] = *member;
    return RP_OK;
}

/* A key that is no term: a keyword, a compact or absolute IRI, or in the vocabulary. */
static RpStatus
read_other_key(RpWalk *walk, RpText key, RpWalkMember *member, bool *is_dropped)
{
    RpIriExpansion expansion = {.processing = &walk->contexts,
                                .active = member->active,
                                .buffer = &walk->scratch,
                                .is_vocab = true};
    RpExpandedIri iri;

    RP_TRY(rp_iri_expand(&expansion, key, &iri));
    member->keyword = iri.keyword;
    *is_dropped = iri.keyword == RP_KEYWORD_NONE_AT_ALL &&
                  (iri.is_null || !memchr(iri.text.data, ':', iri.text.length));
    if (*is_dropped || iri.keyword != RP_KEYWORD_NONE_AT_ALL) {
        return RP_OK;
    }
    member->iri = iri.text;
    member->form = rp_jsonld_iri_form(iri.text, iri.checked_length);
    return iri.is_compact ? rp_walk_keep(walk, iri.text, &member->iri) : RP_OK;
}

/*
 * Read a key (13.2 and 13.3). One that is dropped has the form of a relative IRI, and stays until
 * the members are done with, since it may yet be a term of a type-scoped context.
 */
static RpStatus
read_key(RpWalk *walk, RpWalkMember *member)
{
    RpText key = rp_json_key(member->value);
    bool is_dropped = false;
    const RpContextTerm *term;

    if (key.length > 0 && key.data[0] == '@') {
        member->keyword = rp_keyword_find(key);
    }
    if (member->keyword != RP_KEYWORD_NONE_AT_ALL && member->keyword != RP_KEYWORD_TYPE) {
        return RP_OK;
    }
    member->found =
        rp_context_find(member->active, key, rp_context_hash(&walk->contexts.hash_key, key));
    term = member->found.term;
    if (!term) {
        if (member->keyword == RP_KEYWORD_NONE_AT_ALL) {
            RP_TRY(read_other_key(walk, key, member, &is_dropped));
        }
    } else if (term->keyword != RP_KEYWORD_NONE_AT_ALL) {
        member->keyword = (RpKeyword)term->keyword;
    } else {
        member->iri = rp_context_text(member->found.layer, term->iri);
        member->form = (RpIriForm)term->iri_form;
        is_dropped = (term->flags & RP_TERM_IS_NULL) != 0 ||
                     !memchr(member->iri.data, ':', member->iri.length);
    }
    if (is_dropped) {
        member->iri = RP_TEXT("");
        member->form = RP_IRI_RELATIVE;
    }
    return RP_OK;
}

static RpStatus
push_object(RpWalk *walk, const RpActiveContext *active, const RpJson *object,
            RpWalkMembers *members)
{
    for (uint32_t i = 0; i < object->length; i++) {
        RpWalkMember member = {.value = &object->items[i], .active = active};

        RP_TRY(rp_arena_poll(walk->arena, walk->error));
        RP_TRY(read_key(walk, &member));
        if (member.keyword == RP_KEYWORD_CONTEXT) {
            continue;
        }
        RP_TRY(push(walk, &member));
    }
    members->end = walk->member_count;
    return RP_OK;
}

RpStatus
rp_walk_push_members(RpWalk *walk, const RpActiveContext *active, const RpJson *object,
                     RpWalkMembers *members)
{
    *members = (RpWalkMembers){.first = walk->member_count, .names_length = walk->names.length};
    return push_object(walk, active, object, members);
}

void
rp_walk_pop_members(RpWalk *walk, const RpWalkMembers *members)
{
    walk->member_count = members->first;
    walk->names.length = members->names_length;
}

RpKeyword
rp_walk_keyword(const RpWalk *walk, const RpActiveContext *active, RpText key)
{
    RpKeyword keyword = rp_keyword_find(key);
    RpFoundTerm found;

    if (keyword != RP_KEYWORD_NONE_AT_ALL) {
        return keyword;
    }
    found = rp_context_find(active, key, rp_context_hash(&walk->contexts.hash_key, key));
    return found.term ? (RpKeyword)found.term->keyword : RP_KEYWORD_NONE_AT_ALL;
}

/* An object of @nest: its members become those of the node (14.2). */
static RpStatus
push_nested_object(RpWalk *walk, RpWalkMembers *members, RpWalkMember nest, const RpJson *object)
{
    const RpActiveContext *active = nest.active;
    uint32_t first = walk->member_count;

    if (object->kind != RP_JSON_OBJECT) {
        return rp_walk_fail(walk, object, "invalid @nest value",
                            "the value of @nest must be an object or an array of objects");
    }
    if (nest.found.term && nest.found.term->scoped_source > 0) {
        RP_TRY(rp_context_apply_scoped(&walk->contexts, active, nest.found, true, true, &active));
    }
    RP_TRY(push_object(walk, active, object, members));
    for (uint32_t i = first; i < walk->member_count; i++) {
        if (walk->members[i].keyword == RP_KEYWORD_VALUE) {
            return rp_walk_fail(walk, walk->members[i].value, "invalid @nest value",
                                "@value cannot be nested");
        }
    }
    return RP_OK;
}

RpStatus
rp_walk_push_nested(RpWalk *walk, RpWalkMembers *members)
{
    for (uint32_t i = members->first; i < members->end; i++) {
        RpWalkMember member = walk->members[i];

        if (member.keyword != RP_KEYWORD_NEST) {
            continue;
        }
        if (member.value->kind != RP_JSON_ARRAY) {
            RP_TRY(push_nested_object(walk, members, member, member.value));
            continue;
        }
        for (uint32_t item = 0; item < member.value->length; item++) {
            RP_TRY(push_nested_object(walk, members, member, &member.value->items[item]));
        }
    }
    return RP_OK;
}

RpStatus
rp_walk_check_members(RpWalk *walk, RpWalkMembers *members)
{
    static const uint32_t repeatable =
        RP_KEYWORD_BIT(RP_KEYWORD_NONE_AT_ALL) | RP_KEYWORD_BIT(RP_KEYWORD_INCLUDED) |
        RP_KEYWORD_BIT(RP_KEYWORD_TYPE) | RP_KEYWORD_BIT(RP_KEYWORD_NEST);
    RpShown shown;

    for (uint32_t i = members->first; i < members->end; i++) {
        const RpWalkMember *member = &walk->members[i];
        uint32_t bit = RP_KEYWORD_BIT(member->keyword);

        if (members->keywords & bit & ~repeatable) {
            return rp_walk_fail(walk, member->value, "colliding keywords",
                                "\"%s\" stands for %s, which is there already",
                                rp_text_show(rp_json_key(member->value), &shown),
                                rp_keyword_text(member->keyword).data);
        }
        if (member->keyword == RP_KEYWORD_INDEX && member->value->kind != RP_JSON_STRING) {
            return rp_walk_fail(walk, member->value, "invalid @index value",
                                "@index must be a string");
        }
        if (member->keyword == RP_KEYWORD_LANGUAGE && member->value->kind != RP_JSON_STRING) {
            return rp_walk_fail(walk, member->value, "invalid language-tagged string",
                                "@language must be a string");
        }
        members->keywords |= bit;
    }
    return RP_OK;
}

const RpWalkMember *
rp_walk_member(const RpWalk *walk, const RpWalkMembers *members, RpKeyword keyword)
{
    for (uint32_t i = members->first;
         (members->keywords & RP_KEYWORD_BIT(keyword)) && i < members->end; i++) {
        if (walk->members[i].keyword == keyword) {
            return &walk->members[i];
        }
    }
    return NULL;
}

const RpWalkMember *
rp_walk_other_member(const RpWalk *walk, const RpWalkMembers *members, uint32_t allowed)
{
    for (uint32_t i = members->first; i < members->end; i++) {
        const RpWalkMember *member = &walk->members[i];

        if (member->keyword == RP_KEYWORD_NONE_AT_ALL
                ? member->iri.length > 0 && member->value->kind != RP_JSON_NULL
                : !((allowed | RP_KEYWORD_BIT(RP_KEYWORD_NEST)) &
                    RP_KEYWORD_BIT(member->keyword))) {
            return member;
        }
    }
    return NULL;
}

RpStatus
rp_walk_drop_keys(RpWalk *walk, const RpWalkMembers *members)
{
    for (uint32_t i = members->first; i < members->end; i++) {
        const RpWalkMember *member = &walk->members[i];

        /* A term that is null says that it is dropped, and a null says nothing. */
        if (member->keyword == RP_KEYWORD_NONE_AT_ALL && member->iri.length == 0 &&
            !(member->found.term && (member->found.term->flags & RP_TERM_IS_NULL)) &&
            member->value->kind != RP_JSON_NULL) {
            RP_TRY(rp_walk_drop(walk, RP_JSONLD_DROPPED_KEY, rp_json_key(member->value),
                                member->value));
        }
    }
    return RP_OK;
}
