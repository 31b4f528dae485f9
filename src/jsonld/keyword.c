/* See keyword.h. */
#include "jsonld/keyword.h"

#include "base/ascii.h"

/* By RpKeyword. */
static const char *const keywords[RP_KEYWORD_COUNT] = {
    "",         "@base",   "@container", "@context", "@direction", "@graph",
    "@id",      "@import", "@included",  "@index",   "@json",      "@language",
    "@list",    "@nest",   "@none",      "@prefix",  "@propagate", "@protected",
    "@reverse", "@set",    "@type",      "@value",   "@version",   "@vocab"};

RpKeyword
rp_keyword_find(RpText text)
{
    if (text.length < 3 || text.data[0] != '@') {
        return RP_KEYWORD_NONE_AT_ALL;
    }
    for (int keyword = 1; keyword < RP_KEYWORD_COUNT; keyword++) {
        const char *name = keywords[keyword];

        if (name[1] == text.data[1] && name[2] == text.data[2] &&
            rp_text_equals(rp_text_from(name), text)) {
            return (RpKeyword)keyword;
        }
    }
    return RP_KEYWORD_NONE_AT_ALL;
}

RpText
rp_keyword_text(RpKeyword keyword)
{
    return rp_text_from(keywords[keyword]);
}

bool
rp_keyword_is_form(RpText text)
{
    if (text.length < 2 || text.data[0] != '@') {
        return false;
    }
    for (uint32_t i = 1; i < text.length; i++) {
        if (!rp_ascii_is_letter(text.data[i])) {
            return false;
        }
    }
    return true;
}
