/* JSON-LD documents read into short N-Quads, for the tests of the JSON-LD reader. */
#ifndef RP_TEST_JSONLD_TEXT_H
#define RP_TEST_JSONLD_TEXT_H

#include "jsonld/context_compile.h"
#include "jsonld/jsonld_reader.h"

enum { RP_TEST_CONTEXT_LIMIT = 8 };

/* A context that is registered. */
typedef struct RpTestContext {
    RpText iri;
    RpJsonDocument body;
    RpText bytes; /* data NULL: it is not compiled */
} RpTestContext;

typedef struct RpTestJsonld {
    RpArena arena;
    RpJsonDocument document;
    RpBuffer triples; /* "s p o" or "s p o g" a line, with http://e/ shortened to nothing inside <>,
                         and the namespaces of XML Schema and RDF to xsd: and rdf: */
    RpBuffer graph;
    RpBuffer places; /* "subject's pointer|object's pointer" a line */
    RpTestContext contexts[RP_TEST_CONTEXT_LIMIT];
    uint32_t context_count;
    uint32_t count; /* of triples */
    RpGraphsRead graphs_read;
    RpJsonldDrops drops;
    RpJsonldContextSet set;
    RpJsonldOptions options;
    RpError error;
    bool keeps_nothing; /* triples are counted only */
} RpTestJsonld;

/* Begin with the base http://e/ and all graphs; end frees the arena and checks that no block is
 * left. */
void rp_test_jsonld_begin(RpTestJsonld *jsonld);
void rp_test_jsonld_end(RpTestJsonld *jsonld);

/* Register a context, without and with compiling it. In texts ' stands for ". */
void rp_test_jsonld_add_context(RpTestJsonld *jsonld, const char *iri, const char *body);
RpStatus rp_test_jsonld_compile(RpTestJsonld *jsonld, const char *iri);
RpStatus rp_test_jsonld_register(RpTestJsonld *jsonld, const char *iri, const char *body);

/* Read a document, in which ' stands for ". Triples are appended. */
RpStatus rp_test_jsonld_read(RpTestJsonld *jsonld, const char *document);

/* Read what has been filled in already. */
RpStatus rp_test_jsonld_read_document(RpTestJsonld *jsonld);

/* The place in the DETAIL of an error: 'JSON pointer "…".', with the context that it is in. */
RpText rp_test_jsonld_place(const RpError *error);

/* Check that a document, by itself, is read as these triples, or refused with this code. */
void rp_test_jsonld_reads(const char *document, const char *triples);
void rp_test_jsonld_refuses(const char *document, const char *code, const char *place);

#endif
