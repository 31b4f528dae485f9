/* What the files that parse a query share. Not for others: they see compile.h. */
#ifndef RP_SPARQL_SYNTAX_H
#define RP_SPARQL_SYNTAX_H

#include "rdf/prefix_table.h"
#include "sparql/algebra.h"
#include "sparql/compile.h"
#include "sparql/function.h"

typedef enum RpTokenKind {
    RP_TOKEN_END = 0,
    RP_TOKEN_WORD,     /* a keyword or the name of a function: letters, digits and _ */
    RP_TOKEN_SYMBOL,   /* an operator or bracket */
    RP_TOKEN_VARIABLE, /* text: the name */
    RP_TOKEN_IRI,      /* text: what stands between < and > */
    RP_TOKEN_NAME,     /* prefix:local; text: all of it, escapes in place */
    RP_TOKEN_BLANK,    /* text: the label */
    RP_TOKEN_STRING,   /* text: its value */
    RP_TOKEN_LANGUAGE, /* text: the tag */
    RP_TOKEN_INTEGER,
    RP_TOKEN_DECIMAL,
    RP_TOKEN_DOUBLE
} RpTokenKind;

typedef struct RpToken {
    RpTokenKind kind;
    RpText text;
    uint32_t start; /* offsets into the text */
    uint32_t end;
    uint32_t prefix_length; /* of a name */
} RpToken;

/* The algebra as a tree of pointers. Of a constant, value is its id in the dictionary. */
typedef struct RpSyntaxNode RpSyntaxNode;

struct RpSyntaxNode {
    RpAlgebraKind kind;
    uint32_t detail;
    uint32_t value;
    uint32_t child_count;
    uint32_t height; /* levels of its subtree, when it was put together */
    RpSyntaxNode *first;
    RpSyntaxNode *last;
    RpSyntaxNode *next; /* the parent's next child */
};

/* A blank node's label, and the basic graph pattern that it was met in. */
typedef struct RpBlankLabel {
    RpText label;
    uint32_t variable;
    uint32_t pattern;
} RpBlankLabel;

/* One SELECT while it is read: where its aggregates go. */
typedef struct RpSelectScope {
    RpSyntaxNode *aggregates; /* a GROUP node that only has aggregates yet */
    bool takes_aggregates;    /* the part of the query that is being read may have them */
    bool is_within_aggregate;
} RpSelectScope;

typedef struct RpParser {
    RpArena *arena;
    RpDictionary *dictionary;
    RpError *error;
    const RpCompileOptions *options;
    RpText original; /* as it was given */
    RpText text;     /* with its code point escapes undone (19.2) */
    RpToken token;   /* the one that is looked at */
    RpToken after;   /* the one behind it, where has_after */
    bool has_after;
    RpPrefixTable prefixes;
    RpText base;
    uint32_t depth;
    uint32_t node_count;
    RpText *names; /* of variables; empty: hidden */
    uint32_t variable_count;
    uint32_t variable_capacity;
    RpBlankLabel *labels;
    uint32_t label_count;
    uint32_t label_capacity;
    uint32_t pattern;       /* number of the basic graph pattern that is being read */
    uint32_t pattern_count; /* numbers that were given */
    uint32_t flags;         /* of the header */
    RpSelectScope scope;
} RpParser;

/* token.c */
RpStatus rp_token_begin(RpParser *parser);
/* Go to the next token. */
RpStatus rp_token_next(RpParser *parser);
/* Look at the token behind. */
RpStatus rp_token_peek(RpParser *parser, const RpToken **token);
bool rp_token_is_symbol(const RpToken *token, const char *symbol);
/* Whether it is a keyword, in any case. */
bool rp_token_is_word(const RpToken *token, const char *word);
/* Take the symbol or word if it is the next. */
RpStatus rp_token_take(RpParser *parser, const char *text, bool *is_taken);
RpStatus rp_token_expect(RpParser *parser, const char *text);
/* Fail at a place. Return the status. */
RpStatus rp_parser_refuse(RpParser *parser, RpStatus status, uint32_t offset, const char *format,
                          ...) RP_PRINTF(4, 5);
/* Fail at the token: "expected …, found …". */
RpStatus rp_parser_expected(RpParser *parser, const char *what);

/* syntax.c: the tree, and variables. */
RpStatus rp_syntax_make(RpParser *parser, RpAlgebraKind kind, uint32_t value, RpSyntaxNode **node);
void rp_syntax_append(RpSyntaxNode *parent, RpSyntaxNode *child);
/* The same before the children that are there. Fails where the tree gets too deep. */
RpStatus rp_syntax_prepend(RpParser *parser, RpSyntaxNode *parent, RpSyntaxNode *child);
/* Make a node with one child; *node may be that. Fails where the tree gets too deep. */
RpStatus rp_syntax_wrap(RpParser *parser, RpAlgebraKind kind, RpSyntaxNode *child,
                        RpSyntaxNode **node);
/* A copy of a term or path. Recursion is bounded by the nesting of the text. */
RpStatus rp_syntax_copy(RpParser *parser, const RpSyntaxNode *node, RpSyntaxNode **copy);
/* The variable of a name, new where it is the first; name empty: a hidden one. */
RpStatus rp_parser_variable(RpParser *parser, RpText name, uint32_t *variable);
RpStatus rp_parser_enter(RpParser *parser);
static inline void
rp_parser_leave(RpParser *parser)
{
    parser->depth--;
}

/* parse_term.c */
/* Whether it is a number without a sign. */
bool rp_token_is_number(const RpToken *token);
/* Whether the token begins a term that is no variable. */
bool rp_parser_is_constant(const RpParser *parser);
RpStatus rp_parse_iri(RpParser *parser, RpTermId *id);
RpStatus rp_parse_constant(RpParser *parser, RpSyntaxNode **node);
RpStatus rp_parse_variable(RpParser *parser, uint32_t *variable);
/* An IRI, for prefixes and bases. */
RpStatus rp_parse_iri_text(RpParser *parser, RpText *iri);
RpStatus rp_parse_unsigned(RpParser *parser, const char *what, uint32_t *number);

/* parse_path.c: a verb: a variable, or a path, which a plain predicate is. */
RpStatus rp_parse_verb(RpParser *parser, RpSyntaxNode **verb);

/* Whether the token is $PATH, which a path replaces. */
bool rp_parser_is_path_variable(const RpParser *parser);

/* parse_triples.c: a block of triples into a basic graph pattern; what is no triple is joined to
 * group. */
RpStatus rp_parse_triples(RpParser *parser, RpSyntaxNode *bgp, RpSyntaxNode *group);

/* parse_pattern.c */
RpStatus rp_parse_group(RpParser *parser, RpSyntaxNode **pattern);
RpStatus rp_parse_values(RpParser *parser, RpSyntaxNode **values);

/* parse_query.c: a SELECT behind its keyword. */
RpStatus rp_parse_select(RpParser *parser, bool is_nested, RpSyntaxNode **query);
RpStatus rp_parse_query(RpParser *parser, RpSyntaxNode **query);

/* parse_expression.c */
RpStatus rp_parse_expression(RpParser *parser, RpSyntaxNode **expression);
/* What FILTER and HAVING take: in parentheses, or a call. */
RpStatus rp_parse_constraint(RpParser *parser, RpSyntaxNode **expression);
RpStatus rp_parse_call(RpParser *parser, RpSyntaxNode **expression);
/* Whether the token begins what rp_parse_constraint reads. */
bool rp_parser_is_constraint(const RpParser *parser);

/* scope.c: section 18.2.1. */
/* Mark the variables that a pattern binds for those around it: sets true by variable. */
void rp_scope_visible(const RpSyntaxNode *pattern, bool *is_visible);
RpStatus rp_scope_make(RpParser *parser, bool **is_marked);
/* The first variable of an expression that none of the marked ones is; NULL: there is none. */
const RpSyntaxNode *rp_scope_other_variable(const RpSyntaxNode *expression, const bool *is_marked);
/* Whether an expression names a variable that one of the items of a SELECT computes. */
bool rp_scope_names_selected(const RpSyntaxNode *expression, const RpSyntaxNode *items);
/* Whether a variable is visible in a pattern. */
RpStatus rp_scope_has(RpParser *parser, const RpSyntaxNode *pattern, uint32_t variable, bool *has);
/* Whether a variable is one that may be pre-bound. */
bool rp_scope_is_prebound(const RpParser *parser, uint32_t variable);
/* Refuse a variable that may be pre-bound where a query gives a value to it. */
RpStatus rp_scope_check_new(RpParser *parser, uint32_t variable, uint32_t start);
/* Give what a sub-SELECT does not project variables of its own. */
RpStatus rp_scope_hide(RpParser *parser, RpSyntaxNode *query, const bool *is_projected);

/* pattern_reads.c: note in the flags whether a pattern reads triples of any predicate. */
RpStatus rp_pattern_note_reads(RpParser *parser, const RpSyntaxNode *bgp);

/* algebra_write.c */
RpStatus rp_algebra_write(RpParser *parser, const RpSyntaxNode *root, RpText *bytes);

#endif
