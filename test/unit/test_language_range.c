/* sh:languageIn is SPARQL's langMatches: the basic filtering of RFC 4647, section 3.3.1. */
#include <stdio.h>

#include "validation.h"

typedef struct RangeCase {
    const char *range;
    const char *literal;
    bool matches;
} RangeCase;

static const RangeCase cases[] = {
    {"en", "\"x\"@en", true},
    {"en", "\"x\"@EN", true},
    {"EN", "\"x\"@en-us", true},
    {"en", "\"x\"@en-GB-oed", true},
    {"en", "\"x\"@eng", false},
    {"en", "\"x\"@e", false},
    {"en-US", "\"x\"@en", false},
    {"en-us", "\"x\"@en-US-x-a", true},
    {"de-de", "\"x\"@de-DE-1996", true},
    {"de-de", "\"x\"@de-Deva", false},
    {"de-de", "\"x\"@de-Latn-DE", false},
    {"de-*-DE", "\"x\"@de-DE", false}, /* extended ranges are not of basic filtering */
    {"*", "\"x\"@tlh", true},
    {"*", "\"x\"", false},
    {"*", "5", false},
    {"*", "ex:iri", false},
    {"*-US", "\"x\"@en-US", false},
    {"", "\"x\"@en", false},
    {"", "\"x\"", false},
    {"en", "\"en\"", false},
    {"en", "[]", false},
};

RP_TEST(language_ranges)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char shapes[200];
        char data[200];
        bool matches;

        (void)snprintf(shapes, sizeof shapes,
                       "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:languageIn ( \"%s\" ) .",
                       cases[i].range);
        (void)snprintf(data, sizeof data, "ex:a ex:p %s .", cases[i].literal);
        matches = strcmp(rp_test_report(shapes, data), "conforms") == 0;
        if (!CHECK(matches == cases[i].matches)) {
            printf("    range \"%s\", value %s\n", cases[i].range, cases[i].literal);
        }
    }
}
