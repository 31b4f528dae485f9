/* sh:languageIn and sh:uniqueLang. SHACL Recommendation, sections 4.4.4 and 4.4.5. */
#include "components/components.h"

/* Whether a tag starts with a range, ASCII case aside. */
static bool
tag_starts_with(RpText tag, RpText range)
{
    return tag.length >= range.length &&
           rp_language_compare((RpText){tag.data, range.length}, range) == 0;
}

/* SPARQL's langMatches: basic filtering of RFC 4647. */
static bool
language_matches(RpText tag, RpText range)
{
    if (tag.length == 0) {
        return false;
    }
    if (rp_text_equals(range, RP_TEXT("*"))) {
        return true;
    }
    return range.length > 0 && tag_starts_with(tag, range) &&
           (tag.length == range.length || tag.data[range.length] == '-');
}

RpStatus
rp_read_language_in(RpReading *reading, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    RpTermId *members = NULL;
    uint32_t count = 0;

    (void)is_void;
    RP_TRY(rp_reading_list(reading, value, &members, &count));
    for (uint32_t i = 0; i < count; i++) {
        if (!rp_read_is_literal_of(reading, members[i], RP_VOCABULARY_xsd_string)) {
            return rp_reading_fail(reading, "-members-datatype", members[i],
                                   "a member of sh:languageIn must be an xsd:string literal");
        }
    }
    return rp_read_add_terms(reading, constraint, members, count);
}

RpStatus
rp_check_language_in(RpEvaluation *evaluation, const RpCheck *check)
{
    RpValues ranges = rp_evaluation_operand_terms(evaluation, &check->operands[0]);

    for (uint32_t i = 0; i < check->values.count && !evaluation->is_finished; i++) {
        RpText tag = rp_dictionary_term(evaluation->dictionary, check->values.ids[i]).language;
        bool matches = false;

        RP_TRY(rp_arena_poll(evaluation->arena, evaluation->error));
        for (uint32_t j = 0; j < ranges.count && !matches; j++) {
            matches = language_matches(
                tag, rp_dictionary_term(evaluation->dictionary, ranges.ids[j]).lexical);
        }
        if (!matches) {
            RP_TRY(rp_evaluation_report(evaluation, check, check->values.ids[i], 0));
        }
    }
    return RP_OK;
}

/* Only true activates the constraint. */
RpStatus
rp_read_unique_lang(RpReading *reading, RpTermId value, RpConstraint *constraint, bool *is_void)
{
    bool is_on = false;

    (void)constraint;
    RP_TRY(rp_read_switch(reading, value, &is_on));
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
 * The slot of a tag in a hash table of value nodes, one for each tag: the slot that holds a value
 * with this tag, or the empty one where it belongs.
 */
static uint32_t
tag_slot(const RpDictionary *dictionary, const RpTermId *slots, uint32_t mask, RpText tag)
{
    uint32_t slot = (uint32_t)tag_hash(rp_dictionary_key(dictionary), tag) & mask;

    while (slots[slot] != RP_TERM_NONE) {
        if (rp_language_compare(rp_dictionary_term(dictionary, slots[slot]).language, tag) == 0) {
            break;
        }
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* An empty table with room for twice the value nodes, and beside it a count for each slot. */
static RpStatus
make_tag_table(RpEvaluation *evaluation, uint32_t value_count, RpTermId **slots, uint32_t **counts,
               uint32_t *mask)
{
    uint32_t slot_count = 4;

    while (slot_count / 2 < value_count && slot_count < 1u << 30) {
        slot_count *= 2;
    }
    RP_TRY(rp_scratch_extend(&evaluation->scratch, 2 * slot_count, slots, evaluation->error));
    memset(*slots, 0, sizeof(RpTermId) * 2 * slot_count);
    *counts = *slots + slot_count;
    *mask = slot_count - 1;
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

    if (check->values.count < 2) {
        return RP_OK;
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
