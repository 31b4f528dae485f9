/* See image_of.h. */
#include "image_of.h"

#include "host.h"
#include "image/image_builder.h"
#include "image/image_check.h"
#include "image/image_index.h"

enum { LIMIT_BYTES = 64 << 20 };

bool
rp_test_image_of(RpTestShapes *test, const char *turtle, RpText *bytes, RpImage *image)
{
    return CHECK_STATUS(rp_test_shapes_of(test, turtle, false), RP_OK) &&
           CHECK_STATUS(
               rp_image_build(&test->arena, &test->shapes, LIMIT_BYTES, bytes, &test->error),
               RP_OK) &&
           CHECK_STATUS(rp_image_check(bytes->data, bytes->length, &test->error), RP_OK) &&
           CHECK_STATUS(
               rp_image_load(*bytes, &rp_test_host.hash_key, &test->arena, image, &test->error),
               RP_OK);
}
