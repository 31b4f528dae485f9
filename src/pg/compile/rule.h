/*
 * One rule of the rule form: its keys, and the JSON types that their values must have. What the
 * values mean is rule_form.c's.
 */
#ifndef RP_PG_RULE_H
#define RP_PG_RULE_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "rdf/vocabulary.h"

/* What the value of a key must be. */
typedef enum RpRuleValueKind {
    RP_KIND_NAME,
    RP_KIND_BOOLEAN,
    RP_KIND_COUNT, /* a non-negative integer */
    RP_KIND_BOUND, /* a number or a string */
    RP_KIND_STRING,
    RP_KIND_LIST,
    RP_KIND_NODE_KIND
} RpRuleValueKind;

typedef enum RpRuleKey {
    RP_RULE_PROPERTY,
    RP_RULE_REQUIRED,
    RP_RULE_DATATYPE,
    RP_RULE_MIN_VALUE,
    RP_RULE_MAX_VALUE,
    RP_RULE_MIN_LENGTH,
    RP_RULE_MAX_LENGTH,
    RP_RULE_MIN_COUNT,
    RP_RULE_MAX_COUNT,
    RP_RULE_PATTERN,
    RP_RULE_FLAGS,
    RP_RULE_IN,
    RP_RULE_NODE_KIND,
    RP_RULE_KEY_COUNT
} RpRuleKey;

typedef struct RpRuleEntry {
    const char *name;
    RpRuleValueKind kind;
    RpVocabulary predicate; /* of the triple that the key becomes */
} RpRuleEntry;

extern const RpRuleEntry rp_rule_entries[RP_RULE_KEY_COUNT];

typedef struct RpRule {
    RpText shape; /* for messages: name of its shape, and its place in it, from 0 */
    uint32_t index;
    RpText property;                      /* a name; no data: not known */
    JsonbValue values[RP_RULE_KEY_COUNT]; /* jbvNull: absent */
} RpRule;

/*
 * Read an object into a rule that is zero but for shape and index. The texts are the object's.
 * RP_ILL_FORMED: an unknown key, a value of a wrong type, no property, flags without a pattern.
 */
RpStatus rp_rule_read(RpRule *rule, JsonbContainer *object, RpError *error);

bool rp_rule_has(const RpRule *rule, RpRuleKey key);

/* Set an RP_ILL_FORMED error that says which rule it is about. */
RpStatus rp_rule_refuse(const RpRule *rule, RpError *error, const char *format, ...)
    RP_PRINTF(3, 4);

#endif
