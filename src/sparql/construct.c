/* See construct.h. */
#include "sparql/construct.h"

#include "base/ascii.h"

const RpConstruct rp_constructs[] = {
#define RP_SPARQL_CONSTRUCT(name, standing, note) {name, RP_CONSTRUCT_##standing, note},
#include "sparql/construct.def"
#undef RP_SPARQL_CONSTRUCT
};

const uint32_t rp_construct_count = sizeof(rp_constructs) / sizeof(rp_constructs[0]);

const char *
rp_construct_refusal(RpText word, RpConstructStanding place)
{
    for (uint32_t i = 0; i < rp_construct_count; i++) {
        if (rp_constructs[i].standing == place && rp_ascii_is_word(word, rp_constructs[i].name)) {
            return rp_constructs[i].note;
        }
    }
    return NULL;
}
