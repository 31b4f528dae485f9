/*
 * How the engine says that something failed: every function that can fail returns an RpStatus and
 * fills the caller's RpError. Nothing in the engine longjmps, aborts or prints.
 */
#ifndef RP_BASE_STATUS_H
#define RP_BASE_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

typedef enum RpStatus {
    RP_OK = 0,
    RP_SYNTAX,        /* text that is no valid term, document or rule value */
    RP_NULL,          /* a missing value where a term must be */
    RP_ILL_FORMED,    /* an ill-formed shapes graph or rule; a wrong argument */
    RP_UNSUPPORTED,   /* a construct that is known and not implemented */
    RP_UNDEFINED,     /* a name that nothing defines */
    RP_TOO_DEEP,      /* nesting over the limit */
    RP_TOO_LARGE,     /* size over the limit */
    RP_OUT_OF_MEMORY, /* the host has no more memory */
    RP_INTERRUPTED,   /* the host asked to stop, and will say why itself */
    RP_FAILURE,       /* a query of the policy says that it has failed */
    RP_CORRUPT        /* an image that does not pass its check */
} RpStatus;

enum {
    RP_ERROR_MESSAGE_SIZE = 512,
    RP_ERROR_DETAIL_SIZE = 1024,
    RP_ERROR_EXCERPT_SIZE = 768,
    RP_ERROR_RULE_SIZE = 64,
    RP_ERROR_VALUE_LENGTH = 200 /* characters of user data that a message repeats */
};

typedef struct RpError {
    RpStatus status;
    uint32_t line;   /* from 1; 0: not about a place in a text */
    uint32_t column; /* in characters, from 1; 0: unknown */
    char message[RP_ERROR_MESSAGE_SIZE];
    char detail[RP_ERROR_DETAIL_SIZE];   /* what and where; empty: none */
    char hint[RP_ERROR_MESSAGE_SIZE];    /* what to do; empty: none */
    char excerpt[RP_ERROR_EXCERPT_SIZE]; /* the line of the text, and a caret; empty: none */
    char rule[RP_ERROR_RULE_SIZE];       /* SHACL's name of the broken rule, or ours; empty: none */
} RpError;

/* Return from the calling function when an expression does not give RP_OK. */
#define RP_TRY(expression)                     \
    do {                                       \
        RpStatus rp_try_status = (expression); \
        if (rp_try_status != RP_OK) {          \
            return rp_try_status;              \
        }                                      \
    } while (0)

#if defined(__GNUC__)
#define RP_PRINTF(format_index, first_argument) \
    __attribute__((format(printf, format_index, first_argument)))
#define RP_NODISCARD __attribute__((warn_unused_result))
#define RP_NOINLINE __attribute__((noinline))
#else
#define RP_PRINTF(format_index, first_argument)
#define RP_NODISCARD
#define RP_NOINLINE
#endif

/*
 * Fill an error (clearing all its other fields) and return its status, so that a failure is one
 * statement: return rp_error_set(error, RP_SYNTAX, "…", …). Cuts at a UTF-8 boundary.
 */
RpStatus rp_error_set(RpError *error, RpStatus status, const char *format, ...) RP_PRINTF(3, 4);

/* Add to an error that is set; all return its status. A prefix goes before the message. */
RpStatus rp_error_prefix(RpError *error, const char *prefix);
RpStatus rp_error_detail(RpError *error, const char *format, ...) RP_PRINTF(2, 3);
RpStatus rp_error_hint(RpError *error, const char *format, ...) RP_PRINTF(2, 3);

/* Bytes that one character takes where it is shown. */
enum { RP_SHOWN_CHARACTER_SIZE = 6 };

/*
 * Write a character of user data as a message may show it; returns the bytes written, without a
 * final NUL. length is that of its sequence; 0: a byte that begins none, shown as \xXX. What would
 * act on a terminal or turn the text around is shown as \uXXXX: controls, and directions of
 * writing.
 */
size_t rp_character_show(const char *data, uint32_t length, char *out);

/*
 * A text as a message may show it: at most RP_ERROR_VALUE_LENGTH characters followed by "…" where
 * cut, each as above. Use with "%s"; the struct lives as long as the caller's block.
 */
typedef struct RpShown {
    char text[RP_ERROR_VALUE_LENGTH * RP_SHOWN_CHARACTER_SIZE + 8];
} RpShown;

const char *rp_text_show(RpText text, RpShown *shown);

#endif
