/*
 * Patterns as PostgreSQL's advanced regular expressions, in such a way that no setting, locale or
 * embedded option changes their meaning: every set is written out as code points (so \w does not
 * depend on a collation, and flag i on none either), groups do not capture, counts stay below the
 * engine's limit of 255, and the text begins with the director that says which syntax it is.
 */
#include "xsd/pattern_tree.h"

enum {
    COUNT_LIMIT = 255, /* of {m,n} in PostgreSQL */
    FIRST_CODE_POINT = 1,
    FIRST_SURROGATE = 0xD800,
    LAST_SURROGATE = 0xDFFF,
    LAST_CODE_POINT = 0x10FFFF
};

static const uint64_t states_ceiling = UINT64_C(1)
                                       << 40; /* sums and products above are cut to it */

/* One character, with a backslash where specials has it. */
static void
emit_character(RpBuffer *buffer, uint32_t code_point, const char *specials)
{
    switch (code_point) {
    case '\n':
        rp_buffer_append_string(buffer, "\\n");
        return;
    case '\r':
        rp_buffer_append_string(buffer, "\\r");
        return;
    case '\t':
        rp_buffer_append_string(buffer, "\\t");
        return;
    default:
        break;
    }
    if (code_point < 0x20 || (code_point >= 0x7F && code_point <= 0xA0)) {
        rp_buffer_append_format(buffer, "\\u%04X", (unsigned)code_point);
    } else if (code_point > 0xFFFD && (code_point & 0xFFFE) == 0xFFFE) {
        rp_buffer_append_format(buffer, "\\U%08X", (unsigned)code_point);
    } else {
        if (code_point < 0x80 && strchr(specials, (int)code_point) != NULL) {
            rp_buffer_append_byte(buffer, '\\');
        }
        rp_buffer_append_code_point(buffer, code_point);
    }
}

static void
emit_range(RpBuffer *buffer, uint32_t first, uint32_t last)
{
    static const char specials[] = "\\[]-^";

    emit_character(buffer, first, specials);
    if (last > first) {
        if (last > first + 1) {
            rp_buffer_append_byte(buffer, '-');
        }
        emit_character(buffer, last, specials);
    }
}

/* The gap before a normalized class's range, or behind its last one. False: there is none that a
 * text could hold. */
static bool
gap_before(const RpPatternNode *node, uint32_t index, RpCodeRange *gap)
{
    gap->first = index > 0 ? node->ranges[index - 1].last + 1 : FIRST_CODE_POINT;
    gap->last = index < node->range_count ? node->ranges[index].first - 1 : LAST_CODE_POINT;
    if (gap->first >= FIRST_SURROGATE && gap->first <= LAST_SURROGATE) {
        gap->first = LAST_SURROGATE + 1;
    }
    if (gap->last >= FIRST_SURROGATE && gap->last <= LAST_SURROGATE) {
        gap->last = FIRST_SURROGATE - 1;
    }
    return gap->first <= gap->last;
}

/* A class in brackets: its ranges, or where that is shorter what it leaves out. */
static void
emit_class(RpBuffer *buffer, const RpPatternNode *node)
{
    RpCodeRange gap;
    uint32_t gap_count = 0;

    if (node->range_count == 1 && node->ranges[0].first == node->ranges[0].last) {
        emit_character(buffer, node->ranges[0].first, "\\[]^$.|?*+(){}");
        return;
    }
    for (uint32_t i = 0; i <= node->range_count; i++) {
        gap_count += gap_before(node, i, &gap);
    }
    if (gap_count == 0) {
        rp_buffer_append_byte(buffer, '.');
        return;
    }
    if (node->range_count > 0 && node->range_count <= gap_count) {
        rp_buffer_append_byte(buffer, '[');
        for (uint32_t i = 0; i < node->range_count; i++) {
            emit_range(buffer, node->ranges[i].first, node->ranges[i].last);
        }
    } else {
        rp_buffer_append_string(buffer, "[^");
        for (uint32_t i = 0; i <= node->range_count; i++) {
            if (gap_before(node, i, &gap)) {
                emit_range(buffer, gap.first, gap.last);
            }
        }
    }
    rp_buffer_append_byte(buffer, ']');
}

static uint64_t
capped(uint64_t states)
{
    return states < states_ceiling ? states : states_ceiling;
}

/* States that a tree takes when counts are written out, or when every part counts once. The
 * recursion: bounded by the parser's. */
static uint64_t
count_states(const RpPatternNode *node, bool counts_are_expanded)
{
    bool has_own_state = node->child == NULL || node->kind == RP_PATTERN_CHOICE;
    uint64_t states = has_own_state ? 1 : 0;

    for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
        states = capped(states + count_states(child, counts_are_expanded));
    }
    if (node->kind == RP_PATTERN_REPEAT && counts_are_expanded) {
        uint32_t count = node->maximum == RP_PATTERN_UNBOUNDED ? node->minimum : node->maximum;

        states = capped(states * (count > 1 ? count : 1));
    }
    return states;
}

static RpStatus emit_node(RpBuffer *buffer, const RpPatternNode *node, RpPatternFlags flags,
                          RpError *error);

/* A repeat's child, in a group unless it is a single character, and a quantifier. */
static RpStatus
emit_counted(RpBuffer *buffer, const RpPatternNode *child, RpPatternFlags flags, uint32_t minimum,
             uint32_t maximum, RpError *error)
{
    bool needs_group = child->kind != RP_PATTERN_CLASS;

    rp_buffer_append_string(buffer, needs_group ? "(?:" : "");
    RP_TRY(emit_node(buffer, child, flags, error));
    rp_buffer_append_string(buffer, needs_group ? ")" : "");
    if (maximum == RP_PATTERN_UNBOUNDED && minimum <= 1) {
        rp_buffer_append_byte(buffer, minimum == 0 ? '*' : '+');
    } else if (maximum == RP_PATTERN_UNBOUNDED) {
        rp_buffer_append_format(buffer, "{%u,}", (unsigned)minimum);
    } else if (minimum == maximum) {
        if (minimum != 1) {
            rp_buffer_append_format(buffer, "{%u}", (unsigned)minimum);
        }
    } else if (minimum == 0 && maximum == 1) {
        rp_buffer_append_byte(buffer, '?');
    } else {
        rp_buffer_append_format(buffer, "{%u,%u}", (unsigned)minimum, (unsigned)maximum);
    }
    return RP_OK;
}

/* A repeat, split where its counts are over the engine's limit. */
static RpStatus
emit_repeat(RpBuffer *buffer, const RpPatternNode *node, RpPatternFlags flags, RpError *error)
{
    uint32_t minimum = node->minimum;
    uint32_t maximum = node->maximum;

    while (minimum > COUNT_LIMIT) {
        RP_TRY(emit_counted(buffer, node->child, flags, COUNT_LIMIT, COUNT_LIMIT, error));
        minimum -= COUNT_LIMIT;
        maximum -= maximum == RP_PATTERN_UNBOUNDED ? 0 : COUNT_LIMIT;
    }
    while (maximum > COUNT_LIMIT && maximum != RP_PATTERN_UNBOUNDED) {
        RP_TRY(emit_counted(buffer, node->child, flags, minimum, COUNT_LIMIT, error));
        maximum -= COUNT_LIMIT;
        minimum = 0;
    }
    return emit_counted(buffer, node->child, flags, minimum, maximum, error);
}

/*
 * With flag m: a line starts behind a newline unless that is the text's last character, and ends
 * before a newline or at the end of a text that has none there (F&O 3.1, 5.6.1.1). Without: the
 * text's own start and end, which is what the engine's anchors are.
 */
static const char *
anchor(RpPatternKind kind, RpPatternFlags flags)
{
    if (!flags.is_multi_line) {
        return kind == RP_PATTERN_START ? "^" : "$";
    }
    return kind == RP_PATTERN_START ? "(?:^|(?<=\\n)(?=.))" : "(?:(?=\\n)|(?<!\\n)$)";
}

static RpStatus
emit_node(RpBuffer *buffer, const RpPatternNode *node, RpPatternFlags flags, RpError *error)
{
    if (buffer->length > RP_PATTERN_PROGRAM_LIMIT_BYTES) {
        return rp_error_set(error, RP_TOO_LARGE,
                            "it is longer than %d bytes when its counts are written out",
                            RP_PATTERN_PROGRAM_LIMIT_BYTES);
    }
    switch (node->kind) {
    case RP_PATTERN_CLASS:
        emit_class(buffer, node);
        break;
    case RP_PATTERN_START:
    case RP_PATTERN_END:
        rp_buffer_append_string(buffer, anchor(node->kind, flags));
        break;
    case RP_PATTERN_REPEAT:
        return emit_repeat(buffer, node, flags, error);
    case RP_PATTERN_SEQUENCE:
        if (node->child == NULL) {
            rp_buffer_append_string(buffer, "(?:)");
        }
        for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
            RP_TRY(emit_node(buffer, child, flags, error));
        }
        break;
    case RP_PATTERN_CHOICE:
        rp_buffer_append_string(buffer, "(?:");
        for (const RpPatternNode *child = node->child; child != NULL; child = child->next) {
            RP_TRY(emit_node(buffer, child, flags, error));
            rp_buffer_append_string(buffer, child->next != NULL ? "|" : "");
        }
        rp_buffer_append_byte(buffer, ')');
        break;
    }
    return RP_OK;
}

RpStatus
rp_pattern_emit(RpBuffer *buffer, const RpPatternNode *tree, RpPatternFlags flags, RpError *error)
{
    uint64_t transitions;

    if (count_states(tree, true) - count_states(tree, false) > RP_PATTERN_REPEAT_LIMIT_STATES) {
        return rp_error_set(error, RP_TOO_LARGE, "its counts repeat more than %d parts",
                            RP_PATTERN_REPEAT_LIMIT_STATES);
    }
    rp_buffer_append_string(buffer, "***:");
    RP_TRY(emit_node(buffer, tree, flags, error));
    RP_TRY(rp_buffer_status(buffer, error));
    RP_TRY(rp_pattern_count_transitions(buffer->arena, tree, &transitions, error));
    if (transitions > RP_PATTERN_TRANSITION_LIMIT) {
        rp_error_set(error, RP_TOO_LARGE, "there are too many ways through it");
        return rp_error_detail(error,
                               "Parts that may be left out one after the other, and sets that "
                               "overlap, make more than %d transitions.",
                               RP_PATTERN_TRANSITION_LIMIT);
    }
    return RP_OK;
}
