/* Policies that are bound to files: which, and staging what the files hold. */
#ifndef RP_PG_FILE_BINDING_H
#define RP_PG_FILE_BINDING_H

#include "pg/catalog/catalog.h"
#include "pg/change/policy_file.h"
#include "pg/compile/compile.h"

typedef struct RpFileBinding {
    char *policy;
    char *file;
    char *signature;  /* of what was last read from the file */
    RpSource options; /* how it is read; without a text */
} RpFileBinding;

/* The bindings of one policy, or of all (NULL), by name of policy, in the current memory context.
 */
uint32 rp_file_bindings(const RpCatalog *catalog, const char *policy, RpFileBinding **bindings);

/* The source that a file's content is, read as the options say. */
RpSource rp_file_source(const RpPolicyFile *file, const RpSource *options);

/* Stage the content of a file that was read, and bind the policy to the file and the options. As
 * rp_stage. */
int32 rp_stage_file(const RpCatalog *catalog, const char *policy, const RpPolicyFile *file,
                    const RpSource *options);

/* Staging what has changed in the files of one policy or all. */
typedef struct RpFileStaging {
    const RpCatalog *catalog;
    const char *policy; /* NULL: all */

    const RpFileBinding *refused; /* the one that cannot be used; NULL: none */
    const char *refusal;          /* why, with the names of both */
} RpFileStaging;

/*
 * Stage what the files hold that have changed since they were last read. One that cannot be used is
 * returned as the error that it is, and none is staged then; NULL: done. Raises what is no fault of
 * a file.
 */
ErrorData *rp_files_stage_changed(RpFileStaging *staging);

#endif
