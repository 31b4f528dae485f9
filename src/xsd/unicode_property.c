/*
 * What patterns and case mappings need of Unicode: general categories, blocks, case variants, and
 * the escapes that are made of them. The .def files are written by make_unicode_tables.py from the
 * version of Unicode that each names.
 */
#include "xsd/character_class.h"

#include "base/utf8.h"

enum {
    CATEGORY_BITS = 5,
    CATEGORY_MASK = (1 << CATEGORY_BITS) - 1,
    LAST_CODE_POINT = 0x10FFFF,
    PLANE_SIZE = 0x10000 /* code points */
};

/* Where each run begins: first code point << CATEGORY_BITS | index into category_names. */
static const uint32_t category_runs[] = {
#include "xsd/unicode_category.def"
};

/* Cs has no name here: XSD 1.1 Part 2, G.4.2.2 leaves it out, as no text holds a surrogate. */
static const char category_names[][3] = {
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "Zs", "Zl", "Zp", "Sm", "Sc", "Sk", "So", "Cc", "Cf", "",   "Co", "Cn"};

typedef struct UnicodeBlock {
    RpText name;
    uint32_t first;
    uint32_t last;
} UnicodeBlock;

#define RP_UNICODE_BLOCK(name, first, last) {{name, sizeof(name) - 1}, first, last},
static const UnicodeBlock blocks[] = {
#include "xsd/unicode_block.def"
};
#undef RP_UNICODE_BLOCK

/* Every step-th character from first to last has the variant that lies distance away. */
typedef struct CaseRun {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t distance;
} CaseRun;

static const CaseRun case_runs[] = {
#include "xsd/unicode_case.def"
};

#define COUNT_OF(array) (uint32_t)(sizeof(array) / sizeof((array)[0]))

static bool
category_matches(uint32_t run, RpText name)
{
    const char *category = category_names[run & CATEGORY_MASK];

    return category[0] == name.data[0] && (name.length == 1 || category[1] == name.data[1]);
}

const char *
rp_code_point_category(uint32_t code_point)
{
    uint32_t first = 0;
    uint32_t last = COUNT_OF(category_runs) - 1;

    while (first < last) {
        uint32_t middle = last - (last - first) / 2;

        if (category_runs[middle] >> CATEGORY_BITS <= code_point) {
            first = middle;
        } else {
            last = middle - 1;
        }
    }
    return category_names[category_runs[first] & CATEGORY_MASK];
}

bool
rp_character_class_add_category(RpCharacterClass *set, RpText name)
{
    bool is_known = false;

    if (name.length < 1 || name.length > 2) {
        return false;
    }
    for (uint32_t i = 0; i < COUNT_OF(category_runs); i++) {
        if (category_matches(category_runs[i], name)) {
            uint32_t next = i + 1 < COUNT_OF(category_runs) ? category_runs[i + 1] >> CATEGORY_BITS
                                                            : LAST_CODE_POINT + 1;

            rp_character_class_add(set, category_runs[i] >> CATEGORY_BITS, next - 1);
            is_known = true;
        }
    }
    return is_known;
}

bool
rp_character_class_add_block(RpCharacterClass *set, RpText name)
{
    for (uint32_t i = 0; i < COUNT_OF(blocks); i++) {
        if (rp_text_equals(blocks[i].name, name)) {
            rp_character_class_add(set, blocks[i].first, blocks[i].last);
            return true;
        }
    }
    return false;
}

static void
add_variants_of_range(RpCharacterClass *set, RpCodeRange range, const CaseRun *run)
{
    uint32_t first = range.first > run->first ? range.first : run->first;
    uint32_t last = range.last < run->last ? range.last : run->last;

    if (first > last) {
        return;
    }
    if (run->step == 1) {
        rp_character_class_add(set, first + (uint32_t)run->distance,
                               last + (uint32_t)run->distance);
        return;
    }
    first += (first - run->first) % run->step;
    for (; first <= last; first += run->step) {
        rp_character_class_add(set, first + (uint32_t)run->distance,
                               first + (uint32_t)run->distance);
    }
}

void
rp_character_class_add_case_variants(RpCharacterClass *set)
{
    uint32_t count = set->count; /* what is added has its variants added as well */

    for (uint32_t i = 0; i < count; i++) {
        RpCodeRange range = set->ranges[i];

        for (uint32_t run = 0; run < COUNT_OF(case_runs); run++) {
            add_variants_of_range(set, range, &case_runs[run]);
        }
    }
}

/* \w: everything but punctuation, separators and others, so unassigned characters are none. */
static void
add_word_characters(RpCharacterClass *set)
{
    static const char letters[] = "LMNS";

    for (uint32_t i = 0; letters[i] != '\0'; i++) {
        rp_character_class_add_category(set, (RpText){letters + i, 1});
    }
}

/* \i and \c. XML's names take planes beyond the first as a whole or not at all, so one question
 * answers for a plane. */
static void
add_name_characters(RpCharacterClass *set, bool at_start)
{
    uint32_t step = 1;

    for (uint32_t code_point = 0; code_point <= LAST_CODE_POINT; code_point += step) {
        step = code_point < PLANE_SIZE ? 1 : PLANE_SIZE;
        if (at_start ? rp_utf8_is_name_start(code_point) : rp_utf8_is_name_char(code_point)) {
            rp_character_class_add(set, code_point, code_point + step - 1);
        }
    }
}

bool
rp_character_class_add_escape(RpCharacterClass *set, char letter)
{
    switch (letter) {
    case 's':
        rp_character_class_add(set, '\t', '\n');
        rp_character_class_add(set, '\r', '\r');
        rp_character_class_add(set, ' ', ' ');
        return true;
    case 'd':
        return rp_character_class_add_category(set, RP_TEXT("Nd"));
    case 'w':
        add_word_characters(set);
        return true;
    case 'i':
    case 'c':
        add_name_characters(set, letter == 'i');
        return true;
    default:
        return false;
    }
}
