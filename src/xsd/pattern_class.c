/* The parser of escapes and of classes in brackets: XML Schema 1.1 Part 2, G.4.1 and G.4.2; case by
 * F&O 3.1, 5.6.1.1. */
#include "xsd/pattern_class.h"

enum {
    PROPERTY_NAME_SIZE = 64 /* longer than any block's name */
};

/* The set of an escape like \d or \D, made once per pattern. NULL: no memory, or no such escape
 * (has_failed tells). */
static RpStatus
find_shared(RpPatternReader *reader, char letter, const RpCharacterClass **found)
{
    static const char letters[] = "sSdDwWiIcC";
    const char *place = strchr(letters, letter);
    RpCharacterClass *set;

    *found = NULL;
    if (place == NULL) {
        return RP_OK;
    }
    if (reader->shared[place - letters] == NULL) {
        set = rp_arena_allocate(reader->arena, sizeof(RpCharacterClass));
        if (set == NULL) {
            return rp_arena_failure(reader->arena, reader->error);
        }
        rp_character_class_init(set, reader->arena);
        rp_character_class_add_escape(set, (char)(letter | 0x20));
        rp_character_class_normalize(set);
        if (letter < 'a') {
            rp_character_class_negate(set);
        }
        reader->shared[place - letters] = set;
    }
    *found = reader->shared[place - letters];
    return RP_OK;
}

/* {name} of \p and \P. */
static RpStatus
parse_property_name(RpPatternReader *reader, char *name, uint32_t *length)
{
    uint32_t start = reader->position;
    int byte;

    if (!rp_pattern_take(reader, '{')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no \"{\" follows the \\p");
    }
    *length = 0;
    while ((byte = rp_pattern_peek(reader)) >= 0 && byte != '}' && *length < PROPERTY_NAME_SIZE) {
        name[(*length)++] = (char)byte;
        reader->position++;
    }
    if (!rp_pattern_take(reader, '}')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no name and \"}\" follow the \\p{");
    }
    return RP_OK;
}

/* \p{…} or \P{…}, behind the letter. */
static RpStatus
parse_property(RpPatternReader *reader, bool is_negated, const RpCharacterClass **found)
{
    uint32_t start = reader->position;
    char name[PROPERTY_NAME_SIZE];
    uint32_t length = 0;
    RpCharacterClass *set = rp_arena_allocate(reader->arena, sizeof(RpCharacterClass));
    bool is_known;

    if (set == NULL) {
        return rp_arena_failure(reader->arena, reader->error);
    }
    rp_character_class_init(set, reader->arena);
    RP_TRY(parse_property_name(reader, name, &length));
    if (length > 2 && name[0] == 'I' && name[1] == 's') {
        is_known = rp_character_class_add_block(set, (RpText){name + 2, length - 2});
    } else {
        is_known = rp_character_class_add_category(set, (RpText){name, length});
    }
    if (!is_known) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                 "there is no category or block of characters like the one");
    }
    rp_character_class_normalize(set);
    if (is_negated) {
        rp_character_class_negate(set);
    }
    *found = set;
    return RP_OK;
}

/*
 * The character that an escape of one character stands for; 0: none. XPath escapes what has a
 * meaning of its own, and nothing else. Published shapes escape other punctuation too, \/ above
 * all, which can mean only the character itself: that is taken. What is an anchor elsewhere
 * (\< \> \` \') is not.
 */
static uint32_t
single_character(int letter)
{
    switch (letter) {
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return letter > 0 && strchr("\\|.?*+(){}-[]^$"
                                    "/\"#@%&_:;,=!~",
                                    letter) != NULL
                   ? (uint32_t)letter
                   : 0;
    }
}

static RpStatus
refuse_escape(RpPatternReader *reader, int letter, uint32_t start)
{
    if (letter >= '1' && letter <= '9' && reader->class_depth == 0) {
        return rp_pattern_refuse(reader, RP_UNSUPPORTED, start,
                                 "back-references are not supported");
    }
    rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                      letter < 0 ? "nothing follows the backslash"
                                 : "XPath has no escape like the one");
    if (letter > 0 && strchr("<>`'", letter) != NULL) {
        return rp_error_hint(reader->error, "Write %c without the backslash.", letter);
    }
    return RP_ILL_FORMED;
}

RpStatus
rp_pattern_parse_escape(RpPatternReader *reader, RpPatternEscape *escape)
{
    uint32_t start = reader->position;
    int letter;

    reader->position++;
    letter = rp_pattern_peek(reader);
    *escape = (RpPatternEscape){NULL, single_character(letter)};
    if (escape->code_point != 0) {
        reader->position++;
        return RP_OK;
    }
    if (letter == 'p' || letter == 'P') {
        reader->position++;
        return parse_property(reader, letter == 'P', &escape->set);
    }
    if (letter > 0) {
        RP_TRY(find_shared(reader, (char)letter, &escape->set));
    }
    if (escape->set == NULL) {
        return refuse_escape(reader, letter, start);
    }
    reader->position++;
    return RP_OK;
}

/* Whether the hyphen at the position stands before this byte. */
static bool
hyphen_is_before(const RpPatternReader *reader, char byte)
{
    return reader->position + 1 < reader->pattern.length &&
           reader->pattern.data[reader->position + 1] == byte;
}

/* One character of a class or the escape that stands there. */
static RpStatus
parse_member(RpPatternReader *reader, RpPatternEscape *member)
{
    int byte = rp_pattern_peek(reader);

    if (byte == '\\') {
        return rp_pattern_parse_escape(reader, member);
    }
    if (byte < 0) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, reader->position,
                                 "no \"]\" closes the \"[\"");
    }
    if (byte == '[') {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, reader->position,
                                 "within [...], \"[\" must be written \\[,");
    }
    *member = (RpPatternEscape){NULL, rp_pattern_take_code_point(reader)};
    return RP_OK;
}

/*
 * A member, or a range where a hyphen and a character follow. A hyphen before ] is itself, and
 * before [ it subtracts (G.4.1.1). Escapes of sets go to escapes, because flag i leaves those
 * alone.
 */
static RpStatus
parse_members(RpPatternReader *reader, RpCharacterClass *characters, RpCharacterClass *escapes)
{
    uint32_t start = reader->position;
    RpPatternEscape first;
    RpPatternEscape last;

    RP_TRY(parse_member(reader, &first));
    if (first.set != NULL) {
        rp_character_class_add_class(escapes, first.set);
        return RP_OK;
    }
    last = first;
    if (rp_pattern_peek(reader) == '-' && !hyphen_is_before(reader, ']') &&
        !hyphen_is_before(reader, '[')) {
        reader->position++;
        RP_TRY(parse_member(reader, &last));
        if (last.set != NULL || last.code_point < first.code_point) {
            return rp_pattern_refuse(reader, RP_ILL_FORMED, start,
                                     last.set != NULL ? "a range ends with a set of characters"
                                                      : "a range ends before it begins");
        }
    }
    rp_character_class_add(characters, first.code_point, last.code_point);
    return RP_OK;
}

/* Members up to ] or up to the hyphen that subtracts. */
static RpStatus
parse_positive_group(RpPatternReader *reader, RpCharacterClass *set)
{
    uint32_t start = reader->position;
    RpCharacterClass escapes;
    int byte;

    rp_character_class_init(set, reader->arena);
    rp_character_class_init(&escapes, reader->arena);
    while ((byte = rp_pattern_peek(reader)) != ']' &&
           !(byte == '-' && hyphen_is_before(reader, '['))) {
        RP_TRY(rp_arena_poll(reader->arena, reader->error));
        RP_TRY(parse_members(reader, set, &escapes));
    }
    if (reader->position == start) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "a class of characters is empty");
    }
    if (reader->flags.ignores_case) {
        rp_character_class_normalize(set);
        rp_character_class_add_case_variants(set);
    }
    rp_character_class_add_class(set, &escapes);
    rp_character_class_normalize(set);
    return RP_OK;
}

RpStatus
rp_pattern_parse_class(RpPatternReader *reader, uint32_t depth, RpCharacterClass *set)
{
    uint32_t start = reader->position;
    bool is_negated;

    if (depth >= RP_PATTERN_DEPTH_LIMIT) {
        return rp_pattern_refuse(reader, RP_TOO_LARGE, start,
                                 "classes of characters are nested too deeply");
    }
    reader->position++;
    reader->class_depth++;
    is_negated = rp_pattern_take(reader, '^');
    RP_TRY(parse_positive_group(reader, set));
    if (is_negated) {
        rp_character_class_negate(set);
    }
    if (rp_pattern_take(reader, '-')) {
        RpCharacterClass subtracted;

        RP_TRY(rp_pattern_parse_class(reader, depth + 1, &subtracted));
        rp_character_class_subtract(set, &subtracted);
    }
    if (!rp_pattern_take(reader, ']')) {
        return rp_pattern_refuse(reader, RP_ILL_FORMED, start, "no \"]\" closes the \"[\"");
    }
    reader->class_depth--;
    return RP_OK;
}
