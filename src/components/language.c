/* sh:languageIn and sh:uniqueLang. SHACL Recommendation, sections 4.4.4 and 4.4.5. */
#include "components/components.h"

enum { FEW_TAGS = 8 /* up to so many are compared with each other, and no table is made */ };

/*
 * 4.4.4. Ranges must be xsd:string literals; an empty list is well-formed and lets no value node
 * pass.
 */
RpStatus
rp_read_language_in(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                    bool *is_void)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    (void)is_void;
    RP_TRY(rp_parameters_list(parameters, value, &members, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (!rp_read_is_literal_of(parameters, members[i], RP_VOCABULARY_xsd_string)) {
            return rp_parameters_fail(parameters, "-members-datatype", members[i],
                                      "a member of sh:languageIn must be an xsd:string literal");
        }
    }
    return rp_read_add_terms(parameters, constraint, members, count);
}

/* Only true activates the constraint. */
RpStatus
rp_read_unique_lang(RpParameters *parameters, RpTermId value, RpConstraint *constraint,
                    bool *is_void)
{
    bool is_on = false;

    (void)constraint;
    RP_TRY(rp_read_switch(parameters, value, &is_on));
    *is_void = !is_on;
    return RP_OK;
}

static uint64_t
tag_hash(const RpHashKey *key, RpText tag)
{
    RpHash hash;

    rp_hash_begin(&hash, key);
    rp_language_hash(&hash, tag);
    return rp_hash_end(&hash, NULL, 0);
}

/*
 * The slot of a tag in a hash table of terms, one for each tag: the slot that holds a term with
 * this tag, or the empty one where it belongs. A term's tag is its language or, of a range of
 * sh:languageIn, its lexical form.
 */
static uint32_t
tag_slot(const RpDictionary *dictionary, const RpTermId *slots, uint32_t mask, RpText tag)
{
    uint32_t slot = (uint32_t)tag_hash(rp_dictionary_key(dictionary), tag) & mask;

    while (slots[slot] != RP_TERM_NONE) {
        RpTerm term = rp_dictionary_term(dictionary, slots[slot]);
        RpText other = term.language.length > 0 ? term.language : term.lexical;

        if (rp_language_compare(other, tag) == 0) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* An empty table with room for twice the terms, and beside it a count for each slot. */
static RpStatus
make_tag_table(RpEvaluation *evaluation, uint32_t term_count, RpTermId **slots, uint32_t **counts,
               uint32_t *mask)
{
    uint32_t slot_count = 4;

    while (slot_count / 2 < term_count && slot_count < 1u << 30) {
        slot_count *= 2;
    }
    RP_TRY(rp_scratch_extend(&evaluation->scratch, 2 * slot_count, slots, evaluation->error));
    memset(*slots, 0, sizeof(RpTermId) * 2 * slot_count);
    *counts = *slots + slot_count;
    *mask = slot_count - 1;
    return RP_OK;
}

/*
 * Whether a table of ranges has one that matches a tag: SPARQL's langMatches, which is basic
 * filtering of RFC 4647. A range matches where it is the tag, or what stands before one of its
 * hyphens, so that the number of ranges does not matter.
 */
static bool
some_range_matches(const RpDictionary *dictionary, const RpTermId *slots, uint32_t mask, RpText tag)
{
    if (tag.length == 0) {
        return false;
    }
    for (uint32_t length = 1; length <= tag.length; length++) {
        bool ends = length == tag.length || tag.data[length] == '-';

        if (ends &&
            slots[tag_slot(dictionary, slots, mask, (RpText){tag.data, length})] != RP_TERM_NONE) {
            return true;
        }
    }
    return slots[tag_slot(dictionary, slots, mask, RP_TEXT("*"))] != RP_TERM_NONE;
}

static bool
one_of_few_matches(const RpDictionary *dictionary, RpValues ranges, RpText tag)
{
    for (uint32_t i = 0; i < ranges.count; i++) {
        if (rp_language_matches(rp_dictionary_lexical(dictionary, ranges.ids[i]), tag)) {
            return true;
        }
    }
    return false;
}

/* What rp_check_language_in says, for few ranges. */
static RpStatus
check_few_ranges(RpEvaluation *evaluation, const RpCheck *check, RpValues ranges)
{
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpTermId value = check->values.ids[i];
        RpText tag = rp_dictionary_term(evaluation->dictionary, value).language;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (!one_of_few_matches(evaluation->dictionary, ranges, tag)) {
            RP_TRY(rp_evaluation_report(evaluation, check, value, 0));
        }
    }
    return RP_OK;
}

/*
 * 4.4.4, by basic language ranges (RFC 4647, 3.3.1): a range matches a tag that is the same, or
 * that goes on behind it with a hyphen, in any case of letters. So the table is asked once for each
 * prefix of the tag that ends before a hyphen, and not once for each range. What has no language
 * violates.
 */
RpStatus
rp_check_language_in(RpEvaluation *evaluation, const RpCheck *check)
{
    const RpDictionary *dictionary = evaluation->dictionary;
    RpValues ranges = rp_evaluation_operand_terms(evaluation, &check->operands[0]);
    uint32_t mark = evaluation->scratch.count;
    RpTermId *slots;
    uint32_t *unused;
    uint32_t mask;

    if (ranges.count <= FEW_TAGS || check->values.count == 0) {
        return check_few_ranges(evaluation, check, ranges);
    }
    RP_TRY(make_tag_table(evaluation, ranges.count, &slots, &unused, &mask));
    for (uint32_t i = 0; i < ranges.count; i++) {
        RpText range = rp_dictionary_lexical(dictionary, ranges.ids[i]);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        slots[tag_slot(dictionary, slots, mask, range)] = ranges.ids[i];
    }
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpText tag = rp_dictionary_term(dictionary, check->values.ids[i]).language;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (!some_range_matches(dictionary, slots, mask, tag)) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}

/* Count the value nodes of each tag; the first of them stands in its slot. */
static RpStatus
count_tags(RpEvaluation *evaluation, RpValues values, RpTermId *slots, uint32_t *counts,
           uint32_t mask)
{
    for (uint32_t i = 0; i < values.count; i++) {
        RpText tag = rp_dictionary_term(evaluation->dictionary, values.ids[i]).language;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (tag.length > 0) {
            uint32_t slot = tag_slot(evaluation->dictionary, slots, mask, tag);

            slots[slot] = slots[slot] != RP_TERM_NONE ? slots[slot] : values.ids[i];
            counts[slot]++;
        }
    }
    return RP_OK;
}

/* How many value nodes have the tag of one of them, where that is the first; else 0. */
static uint32_t
count_of_first(const RpDictionary *dictionary, RpTermId value, const RpTermId *slots,
               const uint32_t *counts, uint32_t mask)
{
    RpText tag = rp_dictionary_term(dictionary, value).language;
    uint32_t slot = tag.length > 0 ? tag_slot(dictionary, slots, mask, tag) : 0;

    return tag.length > 0 && slots[slot] == value ? counts[slot] : 0;
}

/* The same for few value nodes: each is compared with those before and behind it. */
static uint32_t
count_among_few(const RpDictionary *dictionary, RpValues values, uint32_t place)
{
    RpText tag = rp_dictionary_term(dictionary, values.ids[place]).language;
    uint32_t count = 0;

    for (uint32_t i = 0; i < values.count && tag.length > 0; i++) {
        RpText other = rp_dictionary_term(dictionary, values.ids[i]).language;

        if (rp_language_compare(tag, other) == 0) {
            if (i < place) {
                return 0;
            }
            count++;
        }
    }
    return count;
}

static RpStatus
check_few_tags(RpEvaluation *evaluation, const RpCheck *check)
{
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        uint32_t count = count_among_few(evaluation->dictionary, check->values, i);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (count > 1) {
            RP_TRY(rp_evaluation_report(evaluation, check, RP_TERM_NONE, count));
        }
    }
    return RP_OK;
}

/*
 * One result for each language tag that more than one value node has, in the order of value nodes:
 * that of the table depends on a secret.
 */
RpStatus
rp_check_unique_lang(RpEvaluation *evaluation, const RpCheck *check)
{
    uint32_t mark = evaluation->scratch.count;
    RpTermId *slots;
    uint32_t *counts;
    uint32_t mask;

    if (check->values.count <= FEW_TAGS) {
        return check_few_tags(evaluation, check);
    }
    RP_TRY(make_tag_table(evaluation, check->values.count, &slots, &counts, &mask));
    RP_TRY(count_tags(evaluation, check->values, slots, counts, mask));
    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        uint32_t count =
            count_of_first(evaluation->dictionary, check->values.ids[i], slots, counts, mask);

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        if (count > 1) {
            RP_TRY(rp_evaluation_report(evaluation, check, RP_TERM_NONE, count));
        }
    }
    rp_scratch_release(&evaluation->scratch, mark);
    return RP_OK;
}
