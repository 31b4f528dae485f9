/* Registering graphs and their sources: the rows of the catalog. */
#ifndef RP_PG_REGISTRATION_H
#define RP_PG_REGISTRATION_H

#include "pg/graph/source_options.h"
#include "pg/graph/stored_graph.h"

/* A graph's name: as policies' names are. ERROR 22023. */
void rp_graph_name_check(RpText name);

/* Enter a graph. ERROR 42710 where there is one of that name. */
void rp_registration_add_graph(const RpCatalog *catalog, RpText graph);

/* Keep a graph from being dropped before the transaction ends. ERROR 42704. */
void rp_registration_hold(const RpCatalog *catalog, RpText graph);

/*
 * Enter a source of a graph, and return its number. relation and the dictionary in the options are
 * names, qualified and quoted. ERROR 42704 for an unknown graph; as rp_source_compile; 42501 where
 * the current role does not own the relation or the dictionary. Indexes that are missing are
 * WARNINGs.
 */
int32 rp_registration_add_source(const RpCatalog *catalog, RpText graph, const char *relation,
                                 const RpSourceOptions *options);

/* The name, qualified and quoted, that a relation is kept by: of one that the user names. schema
 * NULL: that of the search_path. ERROR 42P01. */
char *rp_registration_relation_name(const char *schema, const char *name);

/* Drop a graph and its sources. ERROR 42704. */
void rp_registration_drop(const RpCatalog *catalog, RpText graph);

#endif
