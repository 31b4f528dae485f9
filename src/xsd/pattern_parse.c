/*
 * The parser of patterns: XPath and XQuery Functions 3.1, section 5.6.1, on top of XML Schema 1.1
 * Part 2, appendix G. Recursive descent, no deeper than RP_PATTERN_DEPTH_LIMIT. Captures mean
 * nothing to a yes or no, so a group is just its content; that a quantifier is reluctant is noted
 * for who asks where.
 */
#include "xsd/pattern_tree.h"

#include "base/utf8.h"
#include "xsd/pattern_class.h"

enum {
    END_OF_PATTERN = -1,
    COUNT_LIMIT = 1000000000 /* of a quantifier, so that counts fit; what is useful is far below */
};

static RpStatus parse_choice(RpPatternReader *reader, uint32_t depth, RpPatternNode **node);

int
rp_pattern_peek(RpPatternReader *reader)
{
    while (reader->position < reader->pattern.length) {
        char byte = reader->pattern.data[reader->position];

        if (!reader->flags.skips_space || reader->class_depth > 0 ||
            (byte != ' ' && byte != '\t' && byte != '\n' && byte != '\r')) {
            return (unsigned char)byte;
        }
        reader->position++;
    }
    return END_OF_PATTERN;
}

bool
rp_pattern_take(RpPatternReader *reader, char byte)
{
    if (rp_pattern_peek(reader) != (unsigned char)byte) {
        return false;
    }
    reader->position++;
    return true;
}

uint32_t
rp_pattern_take_code_point(RpPatternReader *reader)
{
    uint32_t length;
    uint32_t code_point = rp_utf8_decode(reader->pattern.data + reader->position, &length);

    reader->position += length;
    return code_point;
}

RpStatus
rp_pattern_refuse(RpPatternReader *reader, RpStatus status, uint32_t position, const char *reason)
{
    RpText before = {reader->pattern.data, position};

    return rp_error_set(reader->error, status, "%s at character %llu", reason,
                        (unsigned long long)rp_utf8_count(before) + 1);
}

static RpStatus
make_node(RpPatternReader *reader, RpPatternKind kind, RpPatternNode **node)
{
    *node = rp_arena_allocate_zero(reader->arena, sizeof(RpPatternNode));
    if (*node == NULL) {
        return rp_arena_failure(reader->arena, reader->error);
    }
    (*node)->kind = kind;
    return RP_OK;
}

/* A node for a normalized set, which shares the set's ranges. */
static RpStatus
make_class(RpPatternReader *reader, const RpCharacterClass *set, RpPatternNode **node)
{
    if (set->has_failed) {
        return rp_arena_failure(reader->arena, reader->error);
    }
    RP_TRY(make_node(reader, RP_PATTERN_CLASS, node));
    (*node)->ranges = set->ranges;
    (*node)->range_count = set->count;
    return RP_OK;
}

static RpStatus
make_character(RpPatternReader *reader, uint32_t code_point, RpPatternNode **node)
{
    RpCharacterClass set;

    if (reader->flags.ignores_case) {
        rp_character_class_init(&set, reader->arena);
        rp_character_class_add(&set, code_point, code_point);
        rp_character_class_add_case_variants(&set);
        rp_character_class_normalize(&set);
        return make_class(reader, &set, node);
    }
    RP_TRY(make_node(reader, RP_PATTERN_CLASS, node));
    (*node)->character_range = (RpCodeRange){code_point, code_point};
    (*node)->ranges = &(*node)->character_range;
    (*node)->range_count = 1;
    return RP_OK;
}

/* The wildcard: any character but line ends, or with flag s any at all. */
static RpStatus
make_wildcard(RpPatternReader *reader, RpPatternNode **node)
{
    RpCharacterClass set;

    rp_character_class_init(&set, reader->arena);
    if (!reader->flags.dot_matches_all) {
        rp_character_class_add(&set, '\n', '\n');
        rp_character_class_add(&set, '\r', '\r');
    }
    rp_character_class_negate(&set);
    return make_class(reader, &set, node);
}

/* A count's digits. */
static RpStatus
parse_count(RpPatternReader *reader, uint32_t *count)
{
    uint32_t start = reader->position;
    int byte = rp_pattern_peek(reader);

    if (byte < '0' || byte > '9') {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no number follows the \"{\"");
    }
    *count = 0;
    while (byte >= '0' && byte <= '9') {
        if (*count >= COUNT_LIMIT / 10) {
            return rp_pattern_refuse(reader, RP_TOO_LARGE, start, "the count is too large");
        }
        *count = *count * 10 + (uint32_t)(byte - '0');
        reader->position++;
        byte = rp_pattern_peek(reader);
    }
    return RP_OK;
}

/* {n}, {n,} or {n,m}, behind the brace. */
static RpStatus
parse_counts(RpPatternReader *reader, uint32_t *minimum, uint32_t *maximum)
{
    uint32_t start = reader->position - 1;

    RP_TRY(parse_count(reader, minimum));
    *maximum = *minimum;
    if (rp_pattern_take(reader, ',')) {
        *maximum = RP_PATTERN_UNBOUNDED;
        if (rp_pattern_peek(reader) != '}') {
            RP_TRY(parse_count(reader, maximum));
        }
    }
    if (!rp_pattern_take(reader, '}')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no \"}\" closes the \"{\"");
    }
    if (*minimum > *maximum) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                 "the first count is larger than the second in the {...}");
    }
    return RP_OK;
}

/* A quantifier, where there is one; else once. */
static RpStatus
parse_quantifier(RpPatternReader *reader, uint32_t *minimum, uint32_t *maximum, bool *is_reluctant)
{
    *is_reluctant = false;
    *minimum = 1;
    *maximum = 1;
    if (rp_pattern_take(reader, '?')) {
        *minimum = 0;
    } else if (rp_pattern_take(reader, '*')) {
        *minimum = 0;
        *maximum = RP_PATTERN_UNBOUNDED;
    } else if (rp_pattern_take(reader, '+')) {
        *maximum = RP_PATTERN_UNBOUNDED;
    } else if (rp_pattern_take(reader, '{')) {
        RP_TRY(parse_counts(reader, minimum, maximum));
    } else {
        return RP_OK;
    }
    *is_reluctant = rp_pattern_take(reader, '?');
    return RP_OK;
}

/* An atom as often as a quantifier says. An anchor repeated is the anchor, or with 0 nothing. */
static RpStatus
make_repeat(RpPatternReader *reader, RpPatternNode *atom, uint32_t minimum, uint32_t maximum,
            RpPatternNode **node)
{
    bool is_anchor = atom->kind == RP_PATTERN_START || atom->kind == RP_PATTERN_END;

    if ((minimum == 1 && maximum == 1) || (is_anchor && minimum > 0)) {
        *node = atom;
        return RP_OK;
    }
    if (is_anchor || maximum == 0) {
        return make_node(reader, RP_PATTERN_SEQUENCE, node);
    }
    RP_TRY(make_node(reader, RP_PATTERN_REPEAT, node));
    (*node)->child = atom;
    (*node)->minimum = minimum;
    (*node)->maximum = maximum;
    return RP_OK;
}

/* A group, behind its parenthesis. */
static RpStatus
parse_group(RpPatternReader *reader, uint32_t depth, RpPatternNode **node)
{
    uint32_t start = reader->position - 1;

    if (depth >= RP_PATTERN_DEPTH_LIMIT) {
        return rp_pattern_refuse(reader, RP_TOO_LARGE, start, "groups are nested too deeply");
    }
    if (rp_pattern_take(reader, '?') && !rp_pattern_take(reader, ':')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                 "XPath has only groups (...) and (?:...), and not the one");
    }
    RP_TRY(parse_choice(reader, depth + 1, node));
    if (!rp_pattern_take(reader, ')')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no \")\" closes the \"(\"");
    }
    return RP_OK;
}

/* An escape outside brackets, at its backslash. */
static RpStatus
parse_escaped_atom(RpPatternReader *reader, RpPatternNode **node)
{
    RpPatternEscape escape;

    RP_TRY(rp_pattern_parse_escape(reader, &escape));
    return escape.set != NULL ? make_class(reader, escape.set, node)
                              : make_character(reader, escape.code_point, node);
}

static RpStatus
parse_bracketed_atom(RpPatternReader *reader, uint32_t depth, RpPatternNode **node)
{
    RpCharacterClass set;

    RP_TRY(rp_pattern_parse_class(reader, depth, &set));
    return make_class(reader, &set, node);
}

static RpStatus
parse_atom(RpPatternReader *reader, uint32_t depth, RpPatternNode **node)
{
    int byte = rp_pattern_peek(reader);
    uint32_t start = reader->position;

    switch (byte) {
    case '\\':
        return parse_escaped_atom(reader, node);
    case '[':
        return parse_bracketed_atom(reader, depth, node);
    case '(':
        reader->position++;
        return parse_group(reader, depth, node);
    case '.':
        reader->position++;
        return make_wildcard(reader, node);
    case '^':
        reader->position++;
        return make_node(reader, RP_PATTERN_START, node);
    case '$':
        reader->position++;
        return make_node(reader, RP_PATTERN_END, node);
    case '?':
    case '*':
    case '+':
    case '{':
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                 "nothing stands before the quantifier");
    case '}':
    case ']':
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                 byte == '}' ? "no \"{\" opens the \"}\""
                                             : "no \"[\" opens the \"]\"");
    default:
        return make_character(reader, rp_pattern_take_code_point(reader), node);
    }
}

/* Atoms up to |, ) or the end. A sequence in a sequence is taken apart, a sequence of one is that
 * one. */
static RpStatus
parse_sequence(RpPatternReader *reader, uint32_t depth, RpPatternNode **node)
{
    RpPatternNode *sequence;
    RpPatternNode **tail;
    int byte;

    RP_TRY(make_node(reader, RP_PATTERN_SEQUENCE, &sequence));
    tail = &sequence->child;
    while ((byte = rp_pattern_peek(reader)) != END_OF_PATTERN && byte != '|' && byte != ')') {
        RpPatternNode *atom;
        RpPatternNode *piece;
        uint32_t minimum;
        uint32_t maximum;
        bool is_reluctant;

        RP_TRY(rp_arena_poll(reader->arena, reader->error));
        RP_TRY(parse_atom(reader, depth, &atom));
        RP_TRY(parse_quantifier(reader, &minimum, &maximum, &is_reluctant));
        RP_TRY(make_repeat(reader, atom, minimum, maximum, &piece));
        if (piece != atom) {
            piece->is_reluctant = is_reluctant;
        }
        *tail = piece->kind == RP_PATTERN_SEQUENCE ? piece->child : piece;
        while (*tail != NULL) {
            tail = &(*tail)->next;
        }
    }
    *node = sequence->child != NULL && sequence->child->next == NULL ? sequence->child : sequence;
    return RP_OK;
}

static RpStatus
parse_choice(RpPatternReader *reader, uint32_t depth, RpPatternNode **node)
{
    RpPatternNode *choice;
    RpPatternNode **tail;

    RP_TRY(parse_sequence(reader, depth, node));
    if (rp_pattern_peek(reader) != '|') {
        return RP_OK;
    }
    RP_TRY(make_node(reader, RP_PATTERN_CHOICE, &choice));
    choice->child = *node;
    tail = &choice->child->next;
    while (rp_pattern_take(reader, '|')) {
        RP_TRY(parse_sequence(reader, depth, tail));
        tail = &(*tail)->next;
    }
    *node = choice;
    return RP_OK;
}

/* Flag q: every character is itself (F&O 3.1, 5.6.1.1). */
static RpStatus
parse_literal(RpPatternReader *reader, RpPatternNode **tree)
{
    RpPatternNode **tail;

    RP_TRY(make_node(reader, RP_PATTERN_SEQUENCE, tree));
    tail = &(*tree)->child;
    while (reader->position < reader->pattern.length) {
        RP_TRY(rp_arena_poll(reader->arena, reader->error));
        RP_TRY(make_character(reader, rp_pattern_take_code_point(reader), tail));
        tail = &(*tail)->next;
    }
    return RP_OK;
}

RpStatus
rp_pattern_parse(RpArena *arena, RpText pattern, RpPatternFlags flags, RpPatternNode **tree,
                 RpError *error)
{
    RpPatternReader reader = {.arena = arena, .pattern = pattern, .flags = flags, .error = error};

    if (flags.is_literal) {
        return parse_literal(&reader, tree);
    }
    RP_TRY(parse_choice(&reader, 0, tree));
    if (rp_pattern_peek(&reader) == ')') {
        return rp_pattern_refuse(&reader, RP_ILL_FORMED, reader.position,
                                 "no \"(\" opens the \")\"");
    }
    return RP_OK;
}
