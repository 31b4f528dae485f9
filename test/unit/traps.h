/* Traps of SPARQL: files of cases, each with the answer that the specification gives. */
#ifndef RP_TEST_TRAPS_H
#define RP_TEST_TRAPS_H

/*
 * Run the cases of a file of the folder traps; traps/README.md says how they are written. What is
 * otherwise is told by file and line. A file that is missing, has no case or has a line that is
 * none fails.
 */
void rp_test_traps(const char *file_name);

#endif
