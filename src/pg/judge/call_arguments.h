/* Arguments of SQL functions that may be called with NULL. */
#ifndef RP_PG_CALL_ARGUMENTS_H
#define RP_PG_CALL_ARGUMENTS_H

#include "pg/compile/compile.h"
#include "pg/judge/data_source.h"

/* Text argument n, or NULL where it is NULL or the function has fewer. */
const text *rp_argument_text(FunctionCallInfo fcinfo, int n);

/*
 * The source that argument 0 is, of the given form, with the base IRI of a document in argument
 * base_argument, and the IRI of JSON's default context in the one behind it. False where the
 * argument is NULL. Errors as rp_data_source_from_datum and rp_data_source_iri.
 */
bool rp_argument_source(FunctionCallInfo fcinfo, RpDataForm form, int base_argument,
                        RpDataSource *source);

/* The same for argument n. */
bool rp_argument_source_at(FunctionCallInfo fcinfo, int n, RpDataForm form, int base_argument,
                           RpDataSource *source);

/*
 * The same for a call that judges: behind its policy and limit, from argument n on, stand the
 * options of its form: base_iri of a text or JSON, context of JSON, named_graph of both, and
 * require_focus. They become the source's. ERROR 22023 for no graph.
 */
bool rp_argument_judged(FunctionCallInfo fcinfo, RpDataForm form, int n, RpDataSource *source);

/* ERROR 22004 where argument n is NULL. */
void rp_argument_require(FunctionCallInfo fcinfo, int n, const char *name);

/* Argument n, an IRI: empty where it is NULL. ERROR 22P02 for what is none. */
RpText rp_argument_iri(FunctionCallInfo fcinfo, int n);

/* Argument n, which is one of two words: whether it is the second. ERROR 22004, 22023. */
bool rp_argument_choice(FunctionCallInfo fcinfo, int n, const char *name, const char *first,
                        const char *second);

/*
 * What a shapes text is registered with: base_iri, ill_formed, subclass_from_shapes, imports,
 * require_focus, allow_vacuous, context and dropped, from argument n on. ERROR 22004, 22023, 22P02.
 */
void rp_argument_options(FunctionCallInfo fcinfo, int n, RpSource *source);

/*
 * context and dropped, from argument n on: how a policy reads documents in JSON-LD. What is NULL
 * stays as the source has it; an empty context is none. ERROR 22023, 22P02.
 */
void rp_argument_reading(FunctionCallInfo fcinfo, int n, RpSource *source);

/* Argument 0, a policy's name without a version. ERROR 22004, 22023. */
char *rp_argument_policy(FunctionCallInfo fcinfo);

#endif
