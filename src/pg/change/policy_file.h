/*
 * Reading a policy's file: a regular file below rdfpolicy.policy_directory, and nothing else, for
 * whomever.
 */
#ifndef RP_PG_POLICY_FILE_H
#define RP_PG_POLICY_FILE_H

#include "pg/pg.h"
#include "base/text.h"

typedef enum RpPolicyFileOutcome {
    RP_POLICY_FILE_READ,
    RP_POLICY_FILE_MISSING,
    RP_POLICY_FILE_REFUSED /* not a regular file of the directory, too large, not UTF-8, … */
} RpPolicyFileOutcome;

/* What reading gave. All of it lives in the memory context that was current. */
typedef struct RpPolicyFile {
    const char *name; /* as given, relative to the directory */
    RpPolicyFileOutcome outcome;

    /* RP_POLICY_FILE_READ */
    RpText content;
    char *signature;

    /* else */
    int sqlstate;
    const char *problem; /* to follow the file's name: "does not exist" */
    uint32 line;         /* from 1; 0: not about a line */
} RpPolicyFile;

/* The names that may be given: relative, of plain components. ERROR 22023 for any other. */
void rp_policy_file_name_check(const char *name);

/*
 * Read a file whole. What is wrong with it is told in the result: 58P01 missing, 42501 no right, or
 * a link leads out of the directory, 42809 not a regular file, 22023 empty, 53400 over
 * rdfpolicy.max_document_size, 22P02 not UTF-8, 55006 changed all the while, 58030 any other
 * failure. Raises only for lack of memory, or a cancel.
 */
void rp_policy_file_read(const char *name, RpPolicyFile *file);

#endif
