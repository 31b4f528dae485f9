/*
 * A JSON document as a tree in an arena. Who has the document fills it (the server part from jsonb,
 * the tests from a text); strings are views of what he has, nothing is copied.
 *
 *     rp_json_document_init      an empty document; its root is null
 *     rp_json_set_…              make a value a scalar
 *     rp_json_set_container      make it an array or object with room for its items, which are then
 *                                filled in their order, each with its key in an object
 *
 * The items of a container stand side by side, and each knows its container: so the JSON pointer of
 * a value (RFC 6901) can be written without anything kept for it. Values are numbered from 1, the
 * root, in the order in which containers were made: a number stands for the value in an
 * RpPosition.line.
 */
#ifndef RP_JSONLD_JSON_H
#define RP_JSONLD_JSON_H

#include "base/buffer.h"

typedef enum RpJsonKind {
    RP_JSON_NULL,
    RP_JSON_FALSE,
    RP_JSON_TRUE,
    RP_JSON_NUMBER,
    RP_JSON_STRING,
    RP_JSON_ARRAY,
    RP_JSON_OBJECT
} RpJsonKind;

typedef struct RpJson RpJson;

struct RpJson {
    const RpJson *container; /* NULL: the root */
    const char *key;         /* of a member of an object; else NULL */
    union {
        const char *text; /* of a string, its characters; of a number, as JSON has it */
        RpJson *items;    /* of an array its elements, of an object its members */
    };
    uint32_t key_length;
    uint32_t length; /* bytes of the text, or number of the items */
    uint32_t number; /* of the value in its document, from 1 */
    uint16_t depth;  /* arrays and objects around it, up to UINT16_MAX */
    uint8_t kind;    /* RpJsonKind */
};

typedef struct RpJsonDocument {
    RpArena *arena;
    RpJson root;
    const RpJson **containers; /* in the order of their items' numbers */
    uint32_t container_count;
    uint32_t container_capacity;
    uint32_t value_count;  /* the numbers that are given */
    const RpJson *deepest; /* a value that no other one is deeper than; NULL: the root */
} RpJsonDocument;

/* The document may not be moved afterwards: its values know their containers by address. */
void rp_json_document_init(RpJsonDocument *document, RpArena *arena);

/*
 * Make a value an array or object of count items, all null and without keys. Keys of an object must
 * be different; texts are UTF-8 without U+0000. RP_TOO_LARGE: over 2^32 values, or the arena's
 * ceiling.
 */
RpStatus rp_json_set_container(RpJsonDocument *document, RpJson *value, RpJsonKind kind,
                               uint32_t count, RpError *error);

/* Make a value a scalar. text: of a string or number (RFC 8259, 6; any length), else empty. */
static inline void
rp_json_set_scalar(RpJson *value, RpJsonKind kind, RpText text)
{
    value->kind = (uint8_t)kind;
    value->text = text.data;
    value->length = text.length;
}

static inline void
rp_json_set_key(RpJson *member, RpText key)
{
    member->key = key.data ? key.data : "";
    member->key_length = key.length;
}

/* How many arrays and objects are in each other at most. */
static inline uint32_t
rp_json_depth(const RpJsonDocument *document)
{
    return document->deepest ? document->deepest->depth : 0;
}

/* The text of a string or number. */
static inline RpText
rp_json_text(const RpJson *value)
{
    return (RpText){value->text, value->length};
}

static inline RpText
rp_json_key(const RpJson *member)
{
    return (RpText){member->key, member->key_length};
}

static inline bool
rp_json_is_container(const RpJson *value)
{
    return value->kind >= RP_JSON_ARRAY;
}

/* Whether a value is a string of these characters. */
bool rp_json_is_string(const RpJson *value, RpText text);

/* The member of an object that has a key, by looking at all of them; NULL: none, or no object. */
const RpJson *rp_json_member(const RpJson *object, RpText key);

/* The value that has a number; NULL: none. Takes the logarithm of the document's size. */
const RpJson *rp_json_value(const RpJsonDocument *document, uint32_t number);

/* Append the JSON pointer of a value: empty for the root, else "/key/0/…", with ~0 and ~1. */
void rp_json_pointer_append(RpBuffer *buffer, const RpJson *value);

/* Whether two values are equal as JSON: members in any order, numbers by their text. */
bool rp_json_equals(const RpJson *a, const RpJson *b);

#endif
