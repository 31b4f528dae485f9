/* The host of the unit tests and of the fuzzers: malloc, and failures on demand. */
#ifndef RP_TEST_HOST_H
#define RP_TEST_HOST_H

#include "base/host.h"

/* Its hash key is random in each run of the unit tests (main.c): no result may depend on it. */
extern RpHost rp_test_host;

/* Polls until should_stop says yes; -1: never. */
extern long rp_test_stop_after;

/* The allocation from now that fails, 1 being the next, and all after it; -1: none. */
extern long rp_test_fail_allocation_after;

/* Blocks that were allocated and not released. */
extern long rp_test_block_count;

/* How many warnings were given, and the last one. */
extern long rp_test_warning_count;
extern char rp_test_warning[RP_ERROR_MESSAGE_SIZE];

/* When true, stack_is_deep says yes. */
extern bool rp_test_stack_is_deep;

#endif
