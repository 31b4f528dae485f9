/* The extension's settings (doc/sql.md, "Settings"). */
#ifndef RP_PG_GUC_H
#define RP_PG_GUC_H

#include "pg/pg.h"
#include "base/text.h"

typedef enum RpNoPolicy { RP_NO_POLICY_ERROR, RP_NO_POLICY_PASS } RpNoPolicy;
typedef enum RpErrorDetail { RP_ERROR_DETAIL_TEXT, RP_ERROR_DETAIL_JSON } RpErrorDetail;

extern char *rp_guc_policy_directory;
extern int rp_guc_max_image_size_kb;
extern int rp_guc_max_document_size_kb;
extern int rp_guc_max_triples;
extern int rp_guc_work_mem_kb;
extern int rp_guc_max_bindings;
extern int rp_guc_max_depth;
extern int rp_guc_max_results;
extern int rp_guc_max_report_size_kb;
extern int rp_guc_reload_timeout_ms;
extern int rp_guc_judgement_timeout_ms;
extern int rp_guc_no_policy;    /* RpNoPolicy */
extern int rp_guc_error_detail; /* RpErrorDetail */
extern bool rp_guc_track;
extern bool rp_guc_staging_notice;
extern bool rp_guc_exact_decimals;

/*
 * rdfpolicy.conformance_disallows as severity IRIs. NULL with *count 0: all severities. The array
 * lives until the setting changes.
 */
const RpText *rp_guc_conformance_disallows(uint32_t *count);

/* The IRI of a severity by the names that the setting takes, or NULL for a word that names none. */
const char *rp_guc_severity_iri(const char *name);

void rp_guc_define(void);

/* Change a setting of the server's until the nest level ends that NewGUCNestLevel began last. */
void rp_guc_set_for_level(const char *name, const char *value);

#endif
