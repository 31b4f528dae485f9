/* Parsing names of policies. */
#include "pg/catalog/policy_name.h"

#include "base/ascii.h"

enum { RP_POLICY_NAME_LIMIT = 63 };

/* ASCII alone: a name stands in messages, log lines and the payloads of notifications, and two
 * names that look alike would be mistaken for each other there. */
bool
rp_policy_name_is_valid(RpText name)
{
    if (name.length == 0 || name.length > RP_POLICY_NAME_LIMIT ||
        !(rp_ascii_is_letter(name.data[0]) || name.data[0] == '_')) {
        return false;
    }
    for (uint32 i = 1; i < name.length; i++) {
        char byte = name.data[i];

        if (!rp_ascii_is_letter(byte) && !rp_ascii_is_digit(byte) && byte != '_' && byte != '.' &&
            byte != '-') {
            return false;
        }
    }
    return true;
}

/* Whether a text has what documents have and names have not: then arguments were exchanged. */
static bool
looks_like_data(RpText name)
{
    for (uint32 i = 0; i < name.length; i++) {
        if (memchr("<[{:", name.data[i], 4) != NULL) {
            return true;
        }
    }
    return false;
}

/* ERROR 22023. Not inlined: names are parsed on the path of every validation, and nearly all are
 * right. */
static pg_noinline void
refuse(RpText name)
{
    RpShown shown;

    ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
                    errmsg("\"%s\" is no policy name", rp_text_show(name, &shown)),
                    errdetail("A name is a letter or _ and up to 62 more letters, digits, _ . or "
                              "-; name@version names one version."),
                    looks_like_data(name)
                        ? errhint("What judges data takes the data first and then the policy; what "
                                  "changes policies takes the policy first.")
                        : 0));
}

/* The number behind the @: digits without a leading zero that fit an integer; 0 for anything else.
 */
static int32
parse_version(RpText digits)
{
    int64 version = 0;

    if (digits.length == 0 || digits.length > 10 || digits.data[0] == '0') {
        return 0;
    }
    for (uint32 i = 0; i < digits.length; i++) {
        if (!rp_ascii_is_digit(digits.data[i])) {
            return 0;
        }
        version = version * 10 + (digits.data[i] - '0');
    }
    return version > PG_INT32_MAX ? 0 : (int32)version;
}

/* The text of the name stays the caller's. */
RpPolicyName
rp_policy_name_parse(RpText name)
{
    const char *at = name.length > 0 ? memchr(name.data, '@', name.length) : NULL;
    RpPolicyName parsed = {.policy = name, .version = 0};

    if (at != NULL) {
        uint32 length = (uint32)(at - name.data);

        parsed.policy.length = length;
        parsed.version = parse_version((RpText){at + 1, name.length - length - 1});
        if (parsed.version == 0) {
            refuse(name);
        }
    }
    if (!rp_policy_name_is_valid(parsed.policy)) {
        refuse(name);
    }
    return parsed;
}

/* Here a version is an argument of its own, if the call has one at all. */
void
rp_policy_name_check(RpText name)
{
    RpPolicyName parsed;

    if (rp_policy_name_is_valid(name)) {
        return;
    }
    parsed = rp_policy_name_parse(name);
    ereport(ERROR,
            (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
             errmsg("\"%.*s\" names a version, and not a policy", (int)name.length, name.data),
             errhint("Give the policy as \"%.*s\"; where a call is about one version, it has an "
                     "argument for its number.",
                     (int)parsed.policy.length, parsed.policy.data)));
}
