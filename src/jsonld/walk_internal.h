/*
 * What the files of the walk share. A document is walked once: what expansion (JSON-LD 1.1 API,
 * 5.1) would make of a value is not built, but told to the link that waits for it, which makes a
 * triple of it (8.1 to 8.3). Steps in comments are those of 5.1.2.
 *
 *     walk_object      contexts of an object, and what it is: node, value, list or set
 *     walk_member      its members with what their keys stand for
 *     walk_node        a node: its types, properties, graph
 *     walk_property    a property's value, by its container
 *     walk_value       a string, number or value object: a literal or a reference
 *     walk_link        what becomes of an item
 *     walk_emit        triples
 */
#ifndef RP_JSONLD_WALK_INTERNAL_H
#define RP_JSONLD_WALK_INTERNAL_H

#include "jsonld/context_internal.h"
#include "jsonld/jsonld.h"

/* A member of an object, with what its key stands for. */
typedef struct RpWalkMember {
    const RpJson *value;
    const RpActiveContext *active; /* by which its key was read */
    RpFoundTerm found;             /* the term that its key is; none: it is no term */
    RpText iri;                    /* of a property */
    RpKeyword keyword;             /* RP_KEYWORD_NONE_AT_ALL: a property */
    RpIriForm form;                /* of the property's IRI */
} RpWalkMember;

/* Members of one object in the walk's stack. */
typedef struct RpWalkMembers {
    uint32_t first;
    uint32_t end;
    uint32_t names_length; /* of the walk's names, before their IRIs */
    uint32_t keywords;     /* RP_KEYWORD_BIT of those that are there */
} RpWalkMembers;

/* The subject of triples. */
typedef struct RpWalkNode {
    RpTerm term;
    bool is_valid; /* else no triple has it */
    const RpJson *place;
} RpWalkNode;

/* A list that is written. */
typedef struct RpWalkList {
    RpTerm head;         /* what stands for the list: its first cell, or rdf:nil */
    RpTerm last;         /* the cell before the next one */
    const RpJson *place; /* of the item in it */
    uint32_t count;
    bool is_dropped;         /* no triple leads to it: it has no cells, and nodes in it stay */
    bool is_of_container;    /* of a term with the container @list */
    bool is_given_by_object; /* the value is a list object itself, which took the list's place */
} RpWalkList;

typedef enum RpWalkLinkKind {
    RP_LINK_NONE,        /* an item of a graph */
    RP_LINK_INCLUDED,    /* an item of @included */
    RP_LINK_PROPERTY,    /* a value of a property */
    RP_LINK_REVERSE,     /* of a reverse property */
    RP_LINK_LIST,        /* an item of a list */
    RP_LINK_REVERSE_MAP, /* the map of @reverse: its properties are reversed ones of the subject */
} RpWalkLinkKind;

typedef struct RpWalkLink RpWalkLink;

/* What becomes of an item. */
struct RpWalkLink {
    RpWalkLinkKind kind;
    const RpWalkNode *subject;
    RpTerm predicate;
    bool has_predicate; /* else the property is one that triples cannot have */
    bool only_nodes;    /* the property is reversed, once or twice: its values must be nodes */
    RpWalkList *list;
    const RpWalkLink *outer; /* of a list of a container: what the list is linked by */

    /* Of terms with containers. */
    bool wraps_graph; /* the item is the content of a graph */
    bool keeps_graph; /* unless it is a graph object */
    const RpTerm *id; /* of an item without @id */
    bool id_is_valid;
    const RpJson *type;                 /* a further type: this key */
    const RpActiveContext *type_active; /* by which it is read */
    const RpTerm *index_predicate;      /* a further property (property-valued index) */
    const RpTerm *index_object;         /* NULL: none, or it is dropped */
    bool has_index;                     /* items must be nodes, since they get a further property */
};

/* What an item stands in. */
typedef struct RpWalkPlace {
    const RpActiveContext *active;
    RpText property;   /* active property; empty: null or @graph */
    RpFoundTerm found; /* its definition in active */
    bool is_free;      /* active property is null or @graph: values are dropped */
    bool is_from_map;
} RpWalkPlace;

typedef struct RpWalk {
    RpArena *arena;
    const RpJsonDocument *document;
    const RpJsonldOptions *options;
    const RpTripleSink *sink;
    RpError *error;
    RpContextProcessing contexts;
    RpWalkMember *members; /* a stack */
    uint32_t member_count;
    uint32_t member_capacity;
    RpBuffer names; /* a stack of texts: IRIs and labels that are in use; views of it stay valid */
    RpBuffer scratch;    /* a text until the next one */
    RpBuffer literal;    /* a lexical form */
    const RpTerm *graph; /* that is walked; NULL: the default graph */
    bool graph_is_valid; /* else its triples are dropped */
    bool graph_is_chosen;
    bool graph_is_announced; /* the sink knows of it */
    RpGraphsRead graphs_read;
    uint32_t blank_count; /* labels that were made up */
    uint32_t mark_count;  /* of nodes */
    uint32_t depth;
} RpWalk;

enum {
    RP_WALK_NODE_MARKS = 16 /* of RP_TERM_MARK_PLACES are for subjects, others for predicates */
};

/* walk_object.c: a value, and what it is (4 to 19). *is_there: it does not expand to null. */
RpStatus rp_walk_value(RpWalk *walk, RpWalkPlace place, const RpJson *value, const RpWalkLink *link,
                       bool *is_there);

/* walk_member.c */

/* Read the keys of an object by an active context, and put its members on the stack. */
RpStatus rp_walk_push_members(RpWalk *walk, const RpActiveContext *active, const RpJson *object,
                              RpWalkMembers *members);

/* Add the members of values of @nest (14), and check keywords (13.4.2). */
RpStatus rp_walk_push_nested(RpWalk *walk, RpWalkMembers *members);
RpStatus rp_walk_check_members(RpWalk *walk, RpWalkMembers *members);

void rp_walk_pop_members(RpWalk *walk, const RpWalkMembers *members);

/* The first member that is a keyword; NULL: none. */
const RpWalkMember *rp_walk_member(const RpWalk *walk, const RpWalkMembers *members,
                                   RpKeyword keyword);

/* A member that a value, list or set object cannot have, beside keywords; NULL: none. */
const RpWalkMember *rp_walk_other_member(const RpWalk *walk, const RpWalkMembers *members,
                                         uint32_t allowed);

/* The keyword that a key stands for. */
RpKeyword rp_walk_keyword(const RpWalk *walk, const RpActiveContext *active, RpText key);

/* Say that keys without a meaning are dropped. */
RpStatus rp_walk_drop_keys(RpWalk *walk, const RpWalkMembers *members);

/* walk_node.c */

/* A node object. types: the active context by which @type is read. */
RpStatus rp_walk_node(RpWalk *walk, RpWalkPlace place, const RpJson *object, RpWalkMembers *members,
                      const RpActiveContext *types, const RpWalkLink *link);

/* The properties of the map of @reverse. */
RpStatus rp_walk_reverse_map(RpWalk *walk, const RpWalkMembers *members, const RpWalkLink *link);

/* walk_property.c: the value of a property (13.5 to 13.14). */
RpStatus rp_walk_property(RpWalk *walk, const RpWalkNode *node, const RpWalkMember *member,
                          bool is_reversed, bool *is_there);

/* walk_value.c */

/* A string, number or boolean (5.3). */
RpStatus rp_walk_scalar(RpWalk *walk, RpWalkPlace place, const RpJson *value,
                        const RpWalkLink *link, bool *is_there);

/* A value object (15). */
RpStatus rp_walk_value_object(RpWalk *walk, RpWalkPlace place, const RpJson *object,
                              const RpWalkMembers *members, const RpActiveContext *types,
                              const RpWalkLink *link, bool *is_there);

/* A JSON literal. */
RpStatus rp_walk_json_literal(RpWalk *walk, const RpJson *value, const RpWalkLink *link);

/* A string with a language (empty: none) and a base direction. */
RpStatus rp_walk_string(RpWalk *walk, const RpJson *value, RpText language, RpDirection direction,
                        const RpJson *language_place, const RpWalkLink *link);

/* The term that a text is as a value of a property (5.3), for property-valued indexes. *is_valid:
 * false where it is dropped. */
RpStatus rp_walk_expand_value(RpWalk *walk, const RpActiveContext *active, RpFoundTerm property,
                              const RpJson *place, RpText text, RpTerm *term, bool *is_valid);

/* walk_link.c */

/* Link an item that is a literal; NULL: it is dropped, and has been said to be. */
RpStatus rp_walk_link_literal(RpWalk *walk, const RpWalkLink *link, const RpTerm *literal,
                              const RpJson *place);

/* Link an item that is a node, or a reference to one, or a graph: all that the link says of it. */
RpStatus rp_walk_link_node(RpWalk *walk, const RpWalkLink *link, const RpWalkNode *node);

/* Link the graph that an item is the content of (@container: @graph). */
RpStatus rp_walk_link_graph(RpWalk *walk, const RpWalkLink *link, const RpJson *place,
                            RpWalkNode *graph);

/* A list that will be linked: begin it, add items (NULL: a dropped one), end and link it. */
void rp_walk_list_begin(RpWalkList *list, const RpWalkLink *link);
RpStatus rp_walk_list_add(RpWalk *walk, RpWalkList *list, const RpTerm *item, const RpJson *place);
RpStatus rp_walk_list_end(RpWalk *walk, RpWalkList *list, const RpJson *place,
                          const RpWalkLink *link);

/* walk_emit.c */

/* Give a triple to the sink, if its graph is wanted. subject_place: NULL: no node object. */
RpStatus rp_walk_emit(RpWalk *walk, const RpTerm *subject, const RpTerm *predicate,
                      const RpTerm *object, const RpJson *place, const RpJson *subject_place);

/* Walk the content of a graph from now on (NULL: the default graph). */
void rp_walk_enter_graph(RpWalk *walk, const RpTerm *graph, bool is_valid);

/* A blank node with a label that no other one has. */
RpStatus rp_walk_new_blank(RpWalk *walk, RpTerm *term);

/* The term of an IRI or blank node identifier. keeps: its text is put into the walk's names if it
 * is a scratch one. *is_valid: false: it is dropped, and said to be. */
RpStatus rp_walk_iri(RpWalk *walk, const RpExpandedIri *iri, const RpJson *place, bool keeps,
                     RpTerm *term, bool *is_valid);

/* The same of a type, its text in scratch: where it is relative, it is a term that is missing. */
RpStatus rp_walk_type(RpWalk *walk, const RpExpandedIri *iri, const RpJson *type, RpTerm *term,
                      bool *is_valid);

/* Put a text on the stack of names. */
RpStatus rp_walk_keep(RpWalk *walk, RpText text, RpText *kept);

/* A mark for a node that is walked now. */
uint32_t rp_walk_node_mark(RpWalk *walk);

/* The IRI of a term as a predicate, with its mark. */
RpTerm rp_walk_predicate(const RpWalkMember *member);

/* Set an error about a value of the document. */
RpStatus rp_walk_fail(RpWalk *walk, const RpJson *place, const char *code, const char *format, ...)
    RP_PRINTF(4, 5);

/* walk_drop.c: something is dropped: note it, or refuse it where that is wanted. */
RpStatus rp_walk_drop(RpWalk *walk, RpJsonldDropKind kind, RpText name, const RpJson *place);

#endif
