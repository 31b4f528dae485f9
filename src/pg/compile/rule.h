/*
 * One rule of the rule form: its keys, and the JSON types that their values must have. What the
 * values mean is rule_value.c's, and whether they go together rule_check.c's.
 *
 * A rule with "property" is about the values of that property; one with "closed" is about which
 * properties its shape's nodes may have at all.
 */
#ifndef RP_PG_RULE_H
#define RP_PG_RULE_H

#include "pg/pg.h"
#include "utils/jsonb.h"
#include "rdf/vocabulary.h"

/* What the value of a key must be. */
typedef enum RpRuleValueKind {
    RP_KIND_NAME,
    RP_KIND_DATATYPE, /* a name; without a prefix it is xsd's */
    RP_KIND_SHAPE,    /* the name of a shape of the same policy */
    RP_KIND_NODE_KIND,
    RP_KIND_SEVERITY,
    RP_KIND_STRING,
    RP_KIND_PATTERN,
    RP_KIND_BOOLEAN,
    RP_KIND_COUNT, /* a non-negative integer */
    RP_KIND_BOUND, /* a number or a string */
    RP_KIND_TERM,  /* a string, number, boolean, or an object that is a term */
    RP_KIND_TERMS, /* an array of these, not empty */
    RP_KIND_LANGUAGES,
    RP_KIND_NAMES /* an array of names, which may be empty */
} RpRuleValueKind;

/* In the order in which they become triples. */
typedef enum RpRuleKey {
    RP_RULE_PROPERTY,
    RP_RULE_CLOSED,
    RP_RULE_IGNORED_PROPERTIES,
    RP_RULE_REQUIRED,
    RP_RULE_DATATYPE,
    RP_RULE_CLASS,
    RP_RULE_NODE,
    RP_RULE_MIN_VALUE,
    RP_RULE_MAX_VALUE,
    RP_RULE_MIN_EXCLUSIVE,
    RP_RULE_MAX_EXCLUSIVE,
    RP_RULE_MIN_LENGTH,
    RP_RULE_MAX_LENGTH,
    RP_RULE_MIN_COUNT,
    RP_RULE_MAX_COUNT,
    RP_RULE_PATTERN,
    RP_RULE_FLAGS,
    RP_RULE_IN,
    RP_RULE_HAS_VALUE,
    RP_RULE_NODE_KIND,
    RP_RULE_LANGUAGE_IN,
    RP_RULE_UNIQUE_LANG,
    RP_RULE_MESSAGE,
    RP_RULE_SEVERITY,
    RP_RULE_KEY_COUNT
} RpRuleKey;

typedef struct RpRuleEntry {
    const char *name;
    RpRuleValueKind kind;
    RpVocabulary predicate; /* of the triple that the key becomes */
} RpRuleEntry;

extern const RpRuleEntry rp_rule_entries[RP_RULE_KEY_COUNT];

/* Who is told of each error, and goes on where that gives RP_OK. */
typedef struct RpRuleErrorReceiver {
    void *state;
    RpStatus (*receive)(void *state, RpError *error);
    bool is_part; /* what is read are rules of one shape of a policy whose others are not there */
} RpRuleErrorReceiver;

/* What reading a part gave: where it is wrong, that may be the receiver's (NULL: nobody's) to
 * collect, and reading goes on. */
RpStatus rp_rule_note(const RpRuleErrorReceiver *receiver, RpStatus status, RpError *error);

typedef struct RpRule {
    RpText shape; /* for messages: name of its shape, and its place in it, from 0 */
    uint32_t index;
    bool is_alone;                        /* not in an array: the place says nothing */
    bool is_broken;                       /* a receiver has been told of an error */
    RpText property;                      /* a name; no data: not known */
    JsonbValue values[RP_RULE_KEY_COUNT]; /* jbvNull: absent */
} RpRule;

/*
 * Read an object into a rule that is zero but for shape, index and is_alone. The texts are the
 * object's. RP_ILL_FORMED: an unknown key, a value of a wrong type, neither property nor closed,
 * keys that mean nothing beside the others.
 */
RpStatus rp_rule_read(RpRule *rule, JsonbContainer *object, const RpRuleErrorReceiver *receiver,
                      RpError *error);

bool rp_rule_has(const RpRule *rule, RpRuleKey key);

/* Set an RP_ILL_FORMED error that says which rule it is about. */
RpStatus rp_rule_refuse(const RpRule *rule, RpError *error, const char *format, ...)
    RP_PRINTF(3, 4);

#endif
